//! What each part is handed to.

use dryboot_cloud_init::jinja::{self, InstanceData};
use dryboot_cloud_init::parts::Kind;
use dryboot_machine::Cause;
use dryboot_text::{LineIndex, Span};

use super::{CloudConfig, Origin, Piece};
use crate::boot::{Boot, File, INSTANCE};
use crate::journal::Run;
use crate::python::clean_file_name;
use crate::raised::Raised;
use crate::read::read_keeping;

/// Hands each part to what it is for; gives the config that they make together.
///
/// # Errors
/// A file cannot be written.
pub(crate) fn consume(boot: &mut Boot, pieces: Vec<Piece>, origin: Origin) -> Result<CloudConfig, Raised> {
    let mut handler =
        Handler { boot, origin, config: CloudConfig::default(), own_types: Vec::new(), count: 0 };
    for piece in pieces {
        handler.boot.journal.because([piece.whole()]);
        handler.part(piece)?;
    }
    let mut config = handler.config;
    config.sort();
    let name = match origin {
        Origin::User => "cloud-config.txt",
        Origin::Vendor => "vendor-cloud-config.txt",
        Origin::Vendor2 => "vendor2-cloud-config.txt",
    };
    boot.journal.because(config.causes().iter().cloned());
    boot.write(&format!("{INSTANCE}/{name}"), &config.file(), 0o600)?;
    Ok(config)
}

struct Handler<'h> {
    boot: &'h mut Boot,
    origin: Origin,
    config: CloudConfig,
    /// The types that part handlers in the data are for.
    own_types: Vec<String>,
    count: usize,
}

/// Scripts with a type of their own, and where they are put.
const BY_FREQUENCY: [(&str, &str); 3] = [
    ("text/x-shellscript-per-boot", "/var/lib/cloud/scripts/per-boot"),
    ("text/x-shellscript-per-instance", "/var/lib/cloud/scripts/per-instance"),
    ("text/x-shellscript-per-once", "/var/lib/cloud/scripts/per-once"),
];

impl Handler<'_> {
    fn part(&mut self, mut piece: Piece) -> Result<(), Raised> {
        let piece = &mut piece;
        if self.own_types.contains(&piece.media_type) {
            return Ok(());
        }
        match piece.kind {
            Kind::CloudConfig | Kind::JsonPatch => {
                let whole = piece.whole();
                self.config.add(self.boot, piece, whole);
                Ok(())
            }
            Kind::Jinja => self.template(piece),
            Kind::Script | Kind::Boothook if !piece.is_utf8 => {
                self.boot.journal.warn(format!("`{}` is not written, since it is not UTF-8", piece.name));
                Ok(())
            }
            Kind::Script => self.script(piece),
            Kind::Boothook => self.boothook(piece),
            Kind::PartHandler => self.part_handler(piece),
            // A part of a message is handed on even if there is nothing in it.
            Kind::Empty => match Kind::of_type(&piece.media_type) {
                Kind::Empty => Ok(()),
                kind @ (Kind::CloudConfig | Kind::Script | Kind::Boothook) => {
                    piece.kind = kind;
                    self.part(piece.clone())
                }
                _ => Ok(()),
            },
            Kind::Include | Kind::Archive | Kind::Unhandled => {
                let first: String = piece.text.lines().next().unwrap_or_default().chars().take(24).collect();
                let what =
                    format!("nothing handles data of type {} that begins with `{first}`", piece.media_type);
                self.boot.journal.warn(what);
                Ok(())
            }
        }
    }

    fn script(&mut self, piece: &Piece) -> Result<(), Raised> {
        let of_type = BY_FREQUENCY.iter().find(|(name, _)| *name == piece.media_type);
        let folder = match (of_type, self.origin.is_vendor()) {
            (Some((_, folder)), _) => (*folder).to_owned(),
            (None, true) => format!("{INSTANCE}/scripts/vendor"),
            (None, false) => format!("{INSTANCE}/scripts"),
        };
        let path = format!("{folder}/{}", clean_file_name(&piece.name));
        let content = piece.text.replace("\r\n", "\n");
        self.boot.write_file(File {
            path: &path,
            content: content.as_bytes(),
            bits: 0o700,
            ..File::default()
        })
    }

    fn boothook(&mut self, piece: &Piece) -> Result<(), Raised> {
        let content = piece.text.replace("\r\n", "\n");
        let content = content.strip_prefix("#cloud-boothook").unwrap_or(&content).trim_start();
        let path = format!("{INSTANCE}/boothooks/{}", clean_file_name(&piece.name));
        self.boot.write_file(File {
            path: &path,
            content: content.as_bytes(),
            bits: 0o700,
            ..File::default()
        })?;
        let env = [("INSTANCE_ID", self.boot.source.instance_id.clone())].into_iter().collect();
        if let Err(error) = self.boot.execute(Run { argv: vec![path], env, ..Run::default() }) {
            self.boot.journal.warn_of(format!("the boothook `{}` has failed", piece.name), &error);
        }
        Ok(())
    }

    /// Python code is not run here; what it says it handles is left to it.
    fn part_handler(&mut self, piece: &Piece) -> Result<(), Raised> {
        let path = format!("{INSTANCE}/handlers/part-handler-{:03}.py", self.count);
        self.count += 1;
        self.boot.write(&path, &piece.text, 0o600)?;
        let quoted = piece.text.split(['\'', '"']).skip(1).step_by(2);
        self.own_types.extend(quoted.filter(|word| word.contains('/')).map(str::to_owned));
        Ok(())
    }

    fn template(&mut self, piece: &Piece) -> Result<(), Raised> {
        let version = self.boot.release.to_string();
        let json = self.boot.source.instance_data(&self.boot.system, &self.boot.config, &version);
        let Ok(data) = InstanceData::parse(&json.to_string()) else { return Ok(()) };
        let filled = match jinja::render(&piece.text, &data) {
            Ok(filled) => filled,
            Err(error) => {
                let what = format!(
                    "the template `{}` is not used: {} (line {})",
                    piece.name, error.message, error.line
                );
                self.boot.journal.warn(what);
                return Ok(());
            }
        };
        if filled.text.contains(jinja::MISSING) {
            let what = format!("variables of the template `{}` are not known", piece.name);
            self.boot.journal.warn(what);
        }
        if filled.text.is_empty() {
            return Ok(());
        }
        let header = dryboot_cloud_init::header::header(&filled.text);
        let media_type = header.map_or("", |header| header.media_type());
        let mut made = Piece { media_type: media_type.to_owned(), text: filled.text, ..piece.clone() };
        match Kind::of_type(media_type) {
            Kind::CloudConfig | Kind::JsonPatch => {
                let lines = LineIndex::new(&made.text);
                let places = |span: Span| -> Cause {
                    let line = lines.position(span.start, &made.text).line;
                    let words = span.slice(&made.text).lines().next().unwrap_or_default();
                    piece.cause(filled.lines.source_span(line, words, &piece.text))
                };
                made.read = Some(read_keeping(&made.text, &places));
                self.config.add(self.boot, &mut made, piece.whole());
                Ok(())
            }
            Kind::Script => self.script(&made),
            Kind::Boothook => self.boothook(&made),
            _ => {
                let what = format!("nothing can be made of the template `{}`", piece.name);
                self.boot.journal.warn(what);
                Ok(())
            }
        }
    }
}
