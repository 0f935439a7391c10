//! The right side: the problems, the boot or an image.

use std::rc::Rc;

use yew::prelude::*;

use super::boot::view::BootView;
use super::image::view::ImageView;
use super::problems::{Counts, Problems, fix_all};
use super::tabs;
use crate::boot::settings::Settings;
use crate::boot::state::BootState;
use crate::frame::Options;
use crate::image::state::ImageState;
use crate::report::Report;
use crate::session::Session;
use crate::state::{Checking, Input, View};
use crate::words::t;

const VIEWS: [View; 3] = [View::Problems, View::Boot, View::Image];

/// What there is to choose for the boots of the program of the text.
#[derive(Debug, PartialEq)]
pub(crate) struct Offers {
    pub(crate) platforms: Options,
    /// Versions and distributions; empty for a program that has none to choose from.
    pub(crate) versions: Options,
    /// Whether the next boots of a machine are different.
    pub(crate) has_boots: bool,
}

impl Offers {
    /// Whether a boot can be compared with another one: with platforms alone, only if it is on one.
    pub(crate) fn can_compare(&self, settings: &Settings) -> bool {
        self.has_boots || settings.platform().is_some()
    }
}

#[derive(PartialEq, Properties)]
pub(crate) struct ViewsProps {
    pub(crate) session: Session,
    pub(crate) view: View,
    pub(crate) report: Option<Rc<Report>>,
    /// The text that is open on the left side.
    pub(crate) input: Input,
    /// Index of the problem under the cursor.
    pub(crate) current: Option<usize>,
    /// Line of the cursor in the user's text; 0 while another one is open.
    pub(crate) line: u32,
    pub(crate) checking: Checking,
    pub(crate) boot: BootState,
    pub(crate) image: ImageState,
    pub(crate) offers: Rc<Offers>,
    /// The target of the text.
    pub(crate) used_target: AttrValue,
}

#[component]
pub(crate) fn Views(props: &ViewsProps) -> Html {
    let ViewsProps {
        session,
        view,
        report,
        input,
        current,
        line,
        checking,
        boot,
        image,
        offers,
        used_target,
    } = props;
    let beside = match input {
        Input::Platform(text, _) if text.is_config() => Some(t(text.in_sentence())),
        _ => None,
    };
    let chosen = VIEWS.iter().position(|it| it == view).unwrap_or_default();
    let choose = {
        let session = session.clone();
        Callback::from(move |at: usize| session.view(VIEWS.get(at).copied().unwrap_or_default()))
    };
    let problems = html! {
        <>{t!("Problems")}<Counts session={session.clone()} report={report.clone()} checking={*checking} /></>
    };
    let titles = vec![
        ("problems".into(), problems),
        ("boot".into(), html! { {t!("Boot")} }),
        ("image".into(), html! { {t!("Verify image")} }),
    ];
    let name = match view {
        View::Problems => "problems",
        View::Boot => "boot",
        View::Image => "image",
    };
    let is_compared = *view == View::Boot && boot.settings.chosen().other.is_some();
    html! {
        <section class={classes!("pane", "view", name, is_compared.then_some("wide"))} aria-label={t!("Views")}>
            <div class="pane-bar">
                {tabs::bar("view", t!("Views"), "view-panel", titles, chosen, &choose)}
                {match view {
                    View::Problems => report.iter().map(|report| fix_all(session, report)).collect(),
                    View::Boot | View::Image => html! {},
                }}
            </div>
            <div id="view-panel" class="pane-body" role="tabpanel" aria-labelledby={tabs::id("view", name)}>
                {match view {
                    View::Problems => html! {
                        <>
                            if let Some(title) = beside {
                                <p class="whose">{t!("Problems of the {title}. The user-data has its own.", title)}</p>
                            }
                            <Problems session={session.clone()} report={report.clone()} current={*current} checking={*checking} />
                        </>
                    },
                    View::Boot => html! {
                        <BootView session={session.clone()} boot={boot.clone()} line={*line} offers={Rc::clone(offers)}
                            used_target={used_target.clone()} />
                    },
                    View::Image => html! { <ImageView session={session.clone()} image={image.clone()} /> },
                }}
            </div>
        </section>
    }
}
