//! What became of one signature.

use yew::prelude::*;

use crate::components::{icon, prose};
use crate::image::measure::grouped;
use crate::image::report::{Signature, Signer, Trust};
use crate::image::settings::Settings;
use crate::session::Session;

/// Draws it.
pub(super) fn signature(session: &Session, settings: &Settings, it: &Signature) -> Html {
    let (class, shape) = it.trust.looks();
    // Of a supplied key, the whole verdict says what to do.
    let help = it.help.as_ref().filter(|_| it.trust != Trust::Supplied);
    let can_accept = it.state == "weak" && it.message.contains("SHA-1") && !settings.accept_sha1;
    html! {
        <li class={classes!("signature", class)}>
            <p class="signature-state">{icon::named(shape)}<strong>{prose::sentence(&it.label)}</strong></p>
            <p>{prose::sentence(&it.message)}</p>
            <dl>
                {whose(it)}
                if let Some(made) = &it.made {
                    {line(t!("Made"), html! { {made_words(made, it)} })}
                }
            </dl>
            if !it.notes.is_empty() {
                <ul class="notes">
                    { for it.notes.iter().map(|note| html! {
                        <li>{icon::named("info")}<span>{prose::sentence(note)}</span></li>
                    }) }
                </ul>
            }
            if let Some(help) = help {
                <p class="advice">{prose::sentence(help)}</p>
            }
            if can_accept {
                {accept(session)}
            }
        </li>
    }
}

fn whose(it: &Signature) -> Html {
    let Some(signer) = &it.signer else {
        return if it.claims.is_empty() {
            html! {}
        } else {
            let claims: Vec<String> = it.claims.iter().map(|claim| grouped(claim)).collect();
            line(t!("Issuer"), html! { <span class="fingerprint">{claims.join(", ")}</span> })
        };
    };
    html! {
        <>
            {line(if it.state == "bad" { t!("Claims to be by") } else { t!("Signer") }, name(signer))}
            {line(t!("Key"), html! { <span class="fingerprint">{grouped(&signer.fingerprint)}</span> })}
            if signer.key != signer.fingerprint {
                {line(t!("Subkey"), html! { <span class="fingerprint">{grouped(&signer.key)}</span> })}
            }
        </>
    }
}

fn name(signer: &Signer) -> Html {
    html! {
        <>
            {signer.user_id.clone().map_or_else(|| t!("no user ID"), AttrValue::from)}
            if let Some(pin) = &signer.pin {
                {" "}<span class="pin">{icon::check()}{pin}</span>
            }
        </>
    }
}

/// A time as people read it, with the kinds of key and hash.
fn made_words(made: &str, it: &Signature) -> String {
    let time = made.trim_end_matches('Z').replace('T', " ");
    let kinds = it.signer.iter().map(|signer| signer.kind.as_str()).chain(it.hash.as_deref());
    let kinds: Vec<&str> = kinds.collect();
    if kinds.is_empty() { format!("{time} UTC") } else { format!("{time} UTC, {}", kinds.join(", ")) }
}

fn line(term: AttrValue, words: Html) -> Html {
    html! { <div><dt>{term}</dt><dd>{words}</dd></div> }
}

fn accept(session: &Session) -> Html {
    let session = session.clone();
    let onclick = move |_: MouseEvent| session.change_verification(|settings| settings.accept_sha1 = true);
    html! { <button type="button" class="fix unsafe" {onclick}>{t!("Accept SHA-1")}</button> }
}
