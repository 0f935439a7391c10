//! `dryboot image`: an image of a release channel, there only if it is good.

mod download;
mod finish;
mod http;
mod limits;
mod own;
mod part;
mod plan;

use anyhow::{Result, ensure};
use dryboot_core::openpgp::channel::labelled;
use dryboot_core::openpgp::{SIGNATURE_LIMIT, SignatureFile, Verifier};
use dryboot_report::output::Output;

use crate::args::{DataFormat, FetchArgs, ImageCommand};
use crate::{Outcome, complain, remark, verify};
use download::Download;
use http::Http;
use plan::{Plan, VersionBy};

pub(crate) fn run(command: &ImageCommand, out: &mut Output<'_>) -> Result<Outcome> {
    match command {
        ImageCommand::Urls { which, output_format } => {
            Plan::new(which)?.write(*output_format, out)?;
            Ok(Outcome::Clean)
        }
        ImageCommand::Fetch(args) => fetch(args, out),
    }
}

fn fetch(args: &FetchArgs, out: &mut Output<'_>) -> Result<Outcome> {
    let keyring = verify::keyring(&args.trust.keyring)?;
    let options = verify::options(&args.trust, &keyring)?;
    let plan = Plan::new(&args.which)?;
    let http = Http::new(&args.limits);
    // First of all, so that what is downloaded afterwards belongs together.
    let plan = match plan.resolve(&http, &keyring, &options)? {
        plan::Resolved::To(plan) => plan,
        plan::Resolved::Refused(verdict) => {
            return verify::report(&verdict, plan::VERSION, args.output_format, out);
        }
    };
    let name = labelled(&plan.file, plan.release.version());
    let unpacked = name.strip_suffix(".bz2").filter(|_| args.decompress);
    ensure!(args.directory.is_dir(), "{} is not a directory", args.directory.display());
    let path = args.directory.join(unpacked.unwrap_or(&name));
    own::check_free(&path)?;
    let signatures = signature(&http, &plan)?;
    let verifier = || Verifier::new(signatures.clone(), keyring.clone(), options.clone());
    let download =
        Download { http: &http, url: &plan.image, directory: &args.directory, name: &name, place: &path };
    let (image, verdict) = download.run()?.verify(verifier())?;
    if !verdict.good {
        image.discard();
        return verify::report(&verdict, &plan.image, args.output_format, out);
    }
    // A mirror that has images of both could pass one off as the other.
    if let Some(pin) = verdict.signed_for_another(plan.release.distribution()) {
        image.discard();
        complain(&format!(
            "{} is signed by the {}, which does not sign images of {}: it was not kept",
            plan.image,
            pin.name,
            plan.release.distribution().name()
        ));
        return Ok(Outcome::Findings);
    }
    match unpacked {
        Some(_) => finish::unpack(image, &path, verifier(), &http.limits)?,
        None => finish::keep(image, &path)?,
    }
    remark(&plan.kept_as(&path));
    // A version that nobody has signed has no place beside the word "good".
    let name = match args.output_format {
        DataFormat::Human if plan.version_by == VersionBy::Unsigned => plan.file.clone(),
        _ => path.display().to_string(),
    };
    verify::report(&verdict, &name, args.output_format, out)
}

fn signature(http: &Http, plan: &Plan) -> Result<SignatureFile> {
    let bytes = http.small(&plan.signature, SIGNATURE_LIMIT)?;
    let bytes = bytes.ok_or_else(|| anyhow::anyhow!("{} does not exist (404)", plan.signature))?;
    SignatureFile::parse(&bytes).map_err(|error| anyhow::anyhow!("{}: {error}", plan.signature))
}
