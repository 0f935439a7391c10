//! The right side: the problems, the boot or an image.

use std::rc::Rc;

use yew::prelude::*;

use super::boot::view::BootView;
use super::image::view::ImageView;
use super::problems::{Counts, Problems, fix_all};
use super::tabs;
use crate::boot::state::BootState;
use crate::image::state::ImageState;
use crate::report::Report;
use crate::session::Session;
use crate::state::{Checking, Config, View};

const VIEWS: [View; 3] = [View::Problems, View::Boot, View::Image];

/// Name and title of every platform that can be chosen.
pub(crate) type Platforms = Rc<Vec<(Rc<str>, String)>>;

#[derive(PartialEq, Properties)]
pub(crate) struct ViewsProps {
    pub(crate) session: Session,
    pub(crate) view: View,
    pub(crate) report: Option<Rc<Report>>,
    /// The config that the problems are about.
    pub(crate) config: Config,
    /// Index of the problem under the cursor.
    pub(crate) current: Option<usize>,
    /// Line of the cursor in the user's text; 0 while another one is open.
    pub(crate) line: u32,
    pub(crate) checking: Checking,
    pub(crate) boot: BootState,
    /// Whether the boots of the text's program have platforms.
    pub(crate) has_platforms: bool,
    pub(crate) image: ImageState,
    pub(crate) platforms: Platforms,
}

#[component]
pub(crate) fn Views(props: &ViewsProps) -> Html {
    let ViewsProps {
        session,
        view,
        report,
        config,
        current,
        line,
        checking,
        boot,
        has_platforms,
        image,
        platforms,
    } = props;
    let chosen = VIEWS.iter().position(|it| it == view).unwrap_or_default();
    let choose = {
        let session = session.clone();
        Callback::from(move |at: usize| session.view(VIEWS.get(at).copied().unwrap_or_default()))
    };
    let problems = html! {
        <>{"Problems"}<Counts session={session.clone()} report={report.clone()} checking={*checking} /></>
    };
    let titles =
        vec![("problems", problems), ("boot", html! { {"Boot"} }), ("image", html! { {"Verify image"} })];
    let name = match view {
        View::Problems => "problems",
        View::Boot => "boot",
        View::Image => "image",
    };
    let is_compared = *view == View::Boot && *has_platforms && boot.settings.other.is_some();
    html! {
        <section class={classes!("pane", "view", name, is_compared.then_some("wide"))} aria-label="Views">
            <div class="pane-bar">
                {tabs::bar("view", "Views", "view-panel", titles, chosen, &choose)}
                {match view {
                    View::Problems => report.iter().map(|report| fix_all(session, report)).collect(),
                    View::Boot | View::Image => html! {},
                }}
            </div>
            <div id="view-panel" class="pane-body" role="tabpanel" aria-labelledby={tabs::id("view", name)}>
                {match view {
                    View::Problems => html! {
                        <>
                            if *config == Config::Oem {
                                <p class="whose">{"Problems of the OEM config. The user-data has its own."}</p>
                            }
                            <Problems session={session.clone()} report={report.clone()} current={*current} checking={*checking} />
                        </>
                    },
                    View::Boot => html! {
                        <BootView session={session.clone()} boot={boot.clone()} line={*line} platforms={platforms.clone()}
                            has_platforms={*has_platforms} />
                    },
                    View::Image => html! { <ImageView session={session.clone()} image={image.clone()} /> },
                }}
            </div>
        </section>
    }
}
