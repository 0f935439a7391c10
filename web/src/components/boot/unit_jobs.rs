//! The start order as a list.

use dryboot_wasm::protocol::boot::{Job, Unit, Units};
use yew::prelude::*;

use super::effect::{chips, go};
use crate::boot::marks::touch;
use crate::boot::origins;
use crate::boot::unit;
use crate::components::icon;
use crate::session::Session;
use crate::words::t;

/// More jobs than anybody reads.
const SHOWN: usize = 300;

/// Draws the jobs, those that run side by side together; then the units that have none.
pub(crate) fn jobs(session: &Session, units: &Units, line: u32) -> Html {
    let mut jobs: Vec<&Job> = units.jobs.iter().collect();
    jobs.sort_by_key(|job| job.wave);
    let hidden = jobs.len().saturating_sub(SHOWN);
    jobs.truncate(SHOWN);
    let waves = jobs.chunk_by(|a, b| a.wave == b.wave);
    let idle =
        units.nodes.iter().zip(0..).filter(|&(_, index)| units.jobs.iter().all(|job| job.unit != index));
    let idle: Vec<Html> = idle.take(SHOWN).map(|(it, _)| item(session, it, None, line)).collect();
    html! {
        <div class="jobs">
            if jobs.is_empty() {
                <p class="nothing">{t!("No units are started or stopped.")}</p>
            }
            <ol>
                { for waves.map(|wave| html! {
                    <li class="wave">
                        <ul>{ for wave.iter().filter_map(|job| {
                            Some(item(session, unit_at(units, job.unit)?, Some(words(units, job)), line))
                        }) }</ul>
                    </li>
                }) }
            </ol>
            if hidden > 0 {
                <p class="nothing">{t!("and {count} more", count = hidden)}</p>
            }
            if !idle.is_empty() {
                <h3>{t!("Neither started nor stopped")}</h3>
                <ul>{ for idle }</ul>
            }
        </div>
    }
}

fn unit_at(units: &Units, index: u32) -> Option<&Unit> {
    units.nodes.get(usize::try_from(index).ok()?)
}

/// What is done, for whom, and after what.
fn words(units: &Units, job: &Job) -> AttrValue {
    let after: Vec<&str> =
        job.after.iter().filter_map(|&index| Some(unit_at(units, index)?.name.as_str())).collect();
    let Job { verb, by, .. } = job;
    let job = match job.state.as_str() {
        "failed" => t!("{verb} fails, wanted by {by}", verb, by),
        "not-reached" => t!("{verb} is not reached, wanted by {by}", verb, by),
        _ => t!("{verb}, wanted by {by}", verb, by),
    };
    if after.is_empty() { job } else { t!("{job}, after {units}", job, units = after.join(", ")) }
}

fn item(session: &Session, unit: &Unit, job: Option<AttrValue>, line: u32) -> Html {
    let (state, shape) = unit::state(&unit.state);
    html! {
        <li class={classes!("job", unit.state.clone())} aria-current={touch(&unit.origins, line).then_some("true")}>
            {icon::named(shape)}
            {go(session, &unit.origins, "0", html! { <code>{&unit.name}</code> })}
            <span class="job-words">
                if let Some(job) = job {
                    {job}{" · "}
                }
                {t(state)}{" · "}{t(unit::from(&unit.from))}
            </span>
            {chips(session, &origins::shown(&unit.origins), None)}
        </li>
    }
}
