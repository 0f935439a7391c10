//! Texts and parts that nobody judged: a lack of findings says nothing about them.

use dryboot_lint::{Compression, NotChecked, Part as Checked};

use crate::header::Header;
use crate::parts::{FaultKind, Kind, Opened, Shape, UserData};
use crate::verdict::{Cause, Judged, Outcome};

const TOO_LARGE: NotChecked =
    NotChecked::new("too-large", "is larger than dryboot supports, so not all of it was checked");

/// Why user-data was not judged, or not as a whole.
pub(super) fn of(
    opened: &Opened<'_>,
    user_data: &UserData<'_>,
    parts: &[Checked],
    judged: Option<&Judged>,
) -> Option<NotChecked> {
    if user_data.faults.iter().any(|fault| matches!(fault.kind, FaultKind::Limit(_))) {
        return Some(TOO_LARGE);
    }
    if opened.compression == Compression::Broken {
        return Some(NotChecked::new("broken-gzip", "cannot be decompressed"));
    }
    if user_data.shape == Shape::Text {
        return judged.and_then(text);
    }
    if parts.iter().any(|part| part.not_checked.is_none()) {
        return None;
    }
    Some(match (user_data.shape, parts) {
        (Shape::Base64, [part]) => return part.not_checked,
        (Shape::Archive, _) => NotChecked::new(
            "cloud-config-archive",
            "is an archive without a cloud-config, and its parts are not checked",
        ),
        _ => NotChecked::new(
            "mime-multipart",
            "is a MIME message without a cloud-config, and its parts are not checked",
        ),
    })
}

/// Why a text was not judged.
pub(super) fn text(judged: &Judged) -> Option<NotChecked> {
    let caused = |wanted: fn(&Cause) -> bool| judged.verdict.errors.iter().any(|error| wanted(&error.cause));
    if caused(|cause| matches!(cause, Cause::Limit(_))) {
        return Some(TOO_LARGE);
    }
    if caused(|cause| matches!(cause, Cause::Header | Cause::Encoding)) {
        return Some(NotChecked::new("no-header", "does not begin like user-data, so cloud-init ignores it"));
    }
    if judged.verdict.outcome != Outcome::NotEvaluated {
        return None;
    }
    Some(match judged.header {
        None => EMPTY,
        Some(Header::CloudConfig) => {
            NotChecked::new("network-config", "is passed to netplan by this release")
        }
        Some(header) => kind(Kind::of_type(header.media_type()))?,
    })
}

const EMPTY: NotChecked = NotChecked::new("empty", "is empty, so there is nothing to check");

/// Why a part that is not a cloud-config was not judged.
pub(super) fn kind(kind: Kind) -> Option<NotChecked> {
    let (name, predicate) = match kind {
        Kind::CloudConfig => return None,
        Kind::Script => ("script", "is a script, and its commands are not checked"),
        Kind::Boothook => ("boothook", "is a boothook, and its commands are not checked"),
        Kind::Include => ("include", "includes user-data from URLs, which dryboot does not fetch"),
        Kind::Archive => ("cloud-config-archive", "is an archive, and dryboot does not check its parts"),
        Kind::JsonPatch => ("cloud-config-jsonp", "is a JSON patch, and dryboot does not apply it"),
        Kind::PartHandler => ("part-handler", "is Python code for cloud-init, and is not checked"),
        Kind::Jinja => ("jinja", "is a Jinja template; use `--instance-data FILE` to render and check it"),
        Kind::Unhandled => ("unhandled", "has a type that cloud-init does not support, so it is ignored"),
        Kind::Empty => return Some(EMPTY),
    };
    Some(NotChecked::new(name, predicate))
}
