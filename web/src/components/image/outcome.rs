//! How far the verification is, and what came of it.

use yew::prelude::*;

use super::signature::signature;
use crate::components::{icon, prose};
use crate::image::measure::{duration, grouped, size};
use crate::image::report::{Report, Trust};
use crate::image::state::{ImageState, Progress, Verification};
use crate::session::Session;

/// Draws it.
pub(super) fn outcome(session: &Session, image: &ImageState) -> Html {
    let again = {
        let session = session.clone();
        move |_: MouseEvent| session.retry_verification()
    };
    match &image.verification {
        Verification::Waiting => html! {},
        Verification::Reading(progress) => reading(session, progress),
        Verification::Done(report, progress) => verdict(session, image, report, progress),
        Verification::Cancelled => html! {
            <div class="stopped">
                <p>{t!("Cancelled: there is no verdict.")}</p>
                <button type="button" class="fix unsafe" onclick={again}>{t!("Verify again")}</button>
            </div>
        },
        Verification::Failed(reason) => html! {
            <div class="stopped" role="alert">
                {icon::named("warning")}
                <p>{prose::heading(reason)}</p>
                <button type="button" class="fix unsafe" onclick={again}>{t!("Try again")}</button>
            </div>
        },
    }
}

fn reading(session: &Session, progress: &Progress) -> Html {
    let cancel = {
        let session = session.clone();
        move |_: MouseEvent| session.cancel_verification()
    };
    let (read, total) = (progress.read, progress.total);
    let left = progress.left().filter(|left| *left >= 1.0);
    html! {
        <div class="reading">
            <progress aria-label={t!("Verifying")} max={total.max(1.0).to_string()} value={read.to_string()} />
            <p class="reading-words">
                {t!("{read} of {total}", read = size(read), total = size(total))}
                if let Some(speed) = progress.speed() {
                    {" · "}{size(speed)}{"/s"}
                }
                if let Some(left) = left {
                    {" · "}{t!("{time} left", time = duration(left))}
                }
            </p>
            <button type="button" class="fix unsafe" onclick={cancel}>{t!("Cancel")}</button>
        </div>
    }
}

fn verdict(session: &Session, image: &ImageState, report: &Report, progress: &Progress) -> Html {
    let (class, shape) = report.trust.looks();
    let version = image.proven_version().filter(|_| report.trust == Trust::Known);
    let speed = progress.speed().filter(|_| progress.seconds >= 0.5);
    html! {
        <div class="outcome">
            <div class={classes!("verdict", class)}>
                {icon::named(shape)}
                <p class="verdict-word">
                    {prose::sentence(&report.headline)}
                    if let Some(version) = version {
                        <span class="verdict-code">{" · "}{t!("version {version}", version)}</span>
                    }
                </p>
                <p class="verdict-about">
                    <span class="verdict-file">{&report.file}</span>{", "}{size(progress.total)}
                    if report.required > 1 {
                        {", "}{t!("signed by {counted} of {required} keys", counted = report.counted, required = report.required)}
                    }
                    if let Some(speed) = speed {
                        {", "}{t!("read in {time} at {speed}/s", time = duration(progress.seconds), speed = size(speed))}
                    }
                </p>
            </div>
            {compare(session, report)}
            <ul class="signatures" aria-label={t!("Signatures")}>
                { for report.signatures.iter().map(|it| signature(session, &image.settings, it)) }
            </ul>
            if !report.remarks.is_empty() {
                <ul class="notes">
                    { for report.remarks.iter().map(|remark| html! {
                        <li>{icon::named("info")}<span>{prose::said(prose::heading(remark))}</span></li>
                    }) }
                </ul>
            }
        </div>
    }
}

/// What is to be done before a supplied key is worth anything. Its fingerprint is asked for from then on.
fn compare(session: &Session, report: &Report) -> Html {
    let keys = report.to_compare();
    if keys.is_empty() {
        return html! {};
    }
    let pin = {
        let (session, all) = (session.clone(), keys.join(", "));
        move |_: MouseEvent| session.change_verification(|settings| settings.fingerprints.clone_from(&all))
    };
    let (whose, same) = match keys.len() {
        1 => (
            t!(
                "Nobody has checked whose key this is. Compare its fingerprint with the one that the image’s \
             publisher lists:"
            ),
            t!("It is the same"),
        ),
        _ => (
            t!("Nobody has checked whose keys these are. Compare their fingerprints with those that the \
             image’s publishers list:"),
            t!("They are the same"),
        ),
    };
    html! {
        <div class="compare-keys">
            <p>{whose}</p>
            <ul>{ for keys.iter().map(|key| html! { <li class="fingerprint">{grouped(key)}</li> }) }</ul>
            <button type="button" class="fix unsafe" onclick={pin}>{icon::check()}{same}</button>
        </div>
    }
}
