//! `dryboot image`: an image of a release channel, there only if it is good.

mod download;
mod finish;
mod http;
mod part;
mod plan;

use anyhow::{Result, ensure};
use dryboot_core::openpgp::channel::labelled;
use dryboot_core::openpgp::{SIGNATURE_LIMIT, SignatureFile, Verifier};

use crate::args::{FetchArgs, ImageCommand};
use crate::screen::Screen;
use crate::{Outcome, remark, verify};
use download::Download;
use http::Http;
use plan::Plan;

pub(crate) fn run(command: &ImageCommand, out: &mut Screen) -> Result<Outcome> {
    match command {
        ImageCommand::Urls { which, output_format } => {
            Plan::new(which)?.write(*output_format, out)?;
            Ok(Outcome::Clean)
        }
        ImageCommand::Fetch(args) => fetch(args, out),
    }
}

fn fetch(args: &FetchArgs, out: &mut Screen) -> Result<Outcome> {
    let keyring = verify::keyring(&args.trust.keyring)?;
    let options = verify::options(&args.trust, &keyring)?;
    let plan = Plan::new(&args.which)?;
    let http = Http::new(args.retries, args.timeout);
    // First of all, so that what is downloaded afterwards belongs together.
    let plan = match plan.resolve(&http, &keyring, &options)? {
        plan::Resolved::To(plan) => plan,
        plan::Resolved::Refused(verdict) => {
            return verify::report(&verdict, plan::VERSION, args.output_format, out);
        }
    };
    let name = labelled(&plan.file, plan.release.version());
    let kept = match name.strip_suffix(".bz2").filter(|_| args.decompress) {
        Some(bare) => bare,
        None => &name,
    };
    ensure!(args.directory.is_dir(), "{} is no directory", args.directory.display());
    let path = args.directory.join(kept);
    ensure!(!path.exists(), "{} is there already: remove it, or choose another --directory", path.display());
    let signatures = signature(&http, &plan)?;
    let download = Download { http: &http, url: &plan.image, directory: &args.directory, name: &name };
    let (part, verdict) =
        download.run(&|| Verifier::new(signatures.clone(), keyring.clone(), options.clone()))?;
    if !verdict.good {
        part.discard();
        return verify::report(&verdict, &plan.image, args.output_format, out);
    }
    finish::keep(part, &path, args.decompress && name.ends_with(".bz2"))?;
    remark(&format!("{} is version {}", path.display(), plan.release.version()));
    verify::report(&verdict, &path.display().to_string(), args.output_format, out)
}

fn signature(http: &Http, plan: &Plan) -> Result<SignatureFile> {
    let bytes = http.small(&plan.signature, SIGNATURE_LIMIT)?;
    let bytes = bytes.ok_or_else(|| anyhow::anyhow!("{} is not there (404)", plan.signature))?;
    SignatureFile::parse(&bytes).map_err(|error| anyhow::anyhow!("{}: {error}", plan.signature))
}
