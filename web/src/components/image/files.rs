//! The files that were given, and those that are missing.

use yew::prelude::*;

use crate::components::{focus, icon, prose};
use crate::image::file::{Given, Kind, verified};
use crate::image::measure;
use crate::image::report::Certificate;
use crate::image::state::ImageState;
use crate::session::Session;
use crate::words::t;

/// Somebody's whole keyring is not worth a screen.
const CERTIFICATES: usize = 4;

struct Slot {
    kind: Kind,
    icon: &'static str,
    title: &'static str,
    /// What to do when there is none; nothing when none is needed.
    missing: Option<&'static str>,
}

const SLOTS: [Slot; 5] = [
    Slot {
        kind: Kind::Image,
        icon: "device",
        title: text!("Image"),
        missing: Some(text!("The file that was downloaded")),
    },
    Slot {
        kind: Kind::Signature,
        icon: "signature",
        title: text!("Signature"),
        missing: Some(text!("The file next to it that ends in .sig or .asc")),
    },
    Slot {
        kind: Kind::Keyring,
        icon: "key",
        title: text!("Key"),
        missing: Some(text!("The signer’s public key, from a source that you trust")),
    },
    Slot { kind: Kind::Version, icon: "tag", title: text!("Version"), missing: None },
    Slot { kind: Kind::Refused, icon: "failed", title: text!("Not used"), missing: None },
];

/// Draws the list.
pub(super) fn files(session: &Session, image: &ImageState) -> Html {
    let verified = verified(&image.files).map(|given| given.number);
    let role = |given: &Given| {
        if Some(given.number) == verified { Some(Kind::Image) } else { given.kind() }
    };
    let slot = |slot: &Slot| -> Html {
        let mut given = image.files.iter().filter(|given| role(given) == Some(slot.kind)).peekable();
        match slot.missing {
            Some(words) if given.peek().is_none() => missing(slot, words),
            _ => given.map(|given| row(session, image, slot, given)).collect(),
        }
    };
    let awaited = image.files.iter().filter(|given| given.sorted.is_none());
    html! {
        <ul class="given-files" aria-label={t!("Files")}>
            { for SLOTS.iter().map(slot) }
            { for awaited.map(|given| html! {
                <li key={given.number} class="given awaited">
                    {icon::named("file")}
                    <p class="given-name">{given.name()}</p>
                    <p class="given-about">{t!("Looking at it…")}</p>
                </li>
            }) }
        </ul>
    }
}

fn missing(slot: &Slot, words: &'static str) -> Html {
    html! {
        <li key={slot.title} class="given missing">
            {icon::named(slot.icon)}
            <p class="given-name"><span class="given-kind">{t(slot.title)}</span>{" "}{t!("missing")}</p>
            <p class="given-about">{t(words)}</p>
        </li>
    }
}

fn row(session: &Session, image: &ImageState, slot: &Slot, given: &Given) -> Html {
    let name = given.name();
    let Some(sorted) = &given.sorted else { return html! {} };
    let remove = {
        let (session, number) = (session.clone(), given.number);
        move |event: MouseEvent| {
            focus::leave(&event, ".square", ".add > button");
            session.remove_file(number);
        }
    };
    let hidden = sorted.certificates.len().saturating_sub(CERTIFICATES);
    html! {
        <li key={given.number} class={classes!("given", (slot.kind == Kind::Refused).then_some("refused"))}>
            {icon::named(slot.icon)}
            <p class="given-name">
                <span class="given-kind">{t(slot.title)}</span>
                {" "}<span class="given-file">{&name}</span>
                {" "}<span class="given-size">{measure::size(given.file.size())}</span>
            </p>
            <button type="button" class="quiet square" aria-label={t!("Remove {name}", name)} title={t!("Remove")} onclick={remove}>
                {icon::close()}
            </button>
            if let Some(version) = sorted.version.as_ref().filter(|_| slot.kind == Kind::Version) {
                <p class="given-about">{prose::line(&t!("Says that this is version `{version}`, which nothing proves.", version))}</p>
            }
            if let Some(message) = &sorted.message {
                <p class="given-about">{prose::sentence(message)}</p>
            }
            { for sorted.certificates.iter().take(CERTIFICATES).map(|it| certificate(image.judged(it))) }
            if hidden > 0 {
                <p class="given-about">{t!("and {count} more", count = hidden)}</p>
            }
            { for sorted.remarks.iter().map(|remark| html! {
                <p class="given-about">{prose::sentence(remark)}</p>
            }) }
        </li>
    }
}

fn certificate(it: &Certificate) -> Html {
    let (class, icon) = match it.recognition.as_str() {
        "pinned" | "asked-for" => ("known", Some("check")),
        "pinned-outdated" => ("outdated", Some("warning")),
        "look-alike" => ("refused", Some("failed")),
        _ => ("", None),
    };
    html! {
        <div class={classes!("certificate", class)}>
            <p class="certificate-name">{it.user_ids.first().map_or_else(|| t!("A key without a name"), |name| name.clone().into())}</p>
            <p class="fingerprint">{measure::grouped(&it.fingerprint)}</p>
            <p class="recognition">{ for icon.map(icon::named) }<span>{prose::sentence(&it.message)}</span></p>
        </div>
    }
}
