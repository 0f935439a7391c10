//! Everything that the page shows, and how it changes.

use std::rc::Rc;

use yew::{AttrValue, Reducible};

use crate::boot::state::{BootAction, BootState};
use crate::client::Stop;
use crate::frame::Frame;
use crate::host::Host;
use crate::image::state::{ImageAction, ImageState};
use crate::notice::{Notices, Replaced, Work};
use crate::parts::Part;
use crate::report::Report;
use crate::slot::OfPlatform;

/// The name of the target that is chosen; none lets the text decide.
pub(crate) type Choice = Option<Rc<str>>;

/// What the right side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    #[default]
    Problems,
    Boot,
    Image,
}

/// What the left side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Input {
    #[default]
    UserData,
    InstanceData,
    /// Something of the platform, with a range of it to be shown: no two requests for one are the same.
    Platform(OfPlatform, Option<Range>),
}

impl Input {
    /// Whether both are the same text, whatever is to be shown of it.
    pub(crate) fn is_same_text(self, other: Self) -> bool {
        match (self, other) {
            (Self::Platform(text, _), Self::Platform(other, _)) => text == other,
            _ => self == other,
        }
    }

    /// The config that the problems are about while this is shown.
    pub(crate) fn config(self) -> Config {
        match self {
            Self::Platform(text, _) if text.is_config() => Config::Beside,
            Self::UserData | Self::InstanceData | Self::Platform(..) => Config::User,
        }
    }
}

/// A text that is linted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Config {
    #[default]
    User,
    /// The one of the platform that is open: the config of its image, or its vendor-data.
    Beside,
}

/// A range of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// Number of the request.
    pub(crate) number: u32,
}

/// Where the cursor of the editor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) offset: u32,
    /// From 1; 0 before the cursor was anywhere.
    pub(crate) line: u32,
}

/// Something that went wrong with the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The linter gave no answer to the newest text.
    Linter(Stop),
    /// The plain text area stays.
    EditorMissing,
    /// A dropped file was not opened.
    FileRefused(&'static str),
}

/// How the newest text stands with the linter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Checking {
    /// The report is about it, or soon will be.
    #[default]
    Current,
    /// It takes long, and what is shown is about an older one.
    Late,
    /// There will be no report on it.
    Stopped(Stop),
}

/// The rule that is explained.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Explanation {
    /// Its text is on the way.
    Awaited(String),
    /// Its name and its text, in Markdown.
    Ready(String, Rc<str>),
    /// There is no text.
    Missing(String),
    /// All rules of the program, each with its name and a sentence.
    All(Rc<[(String, String)]>),
}

impl Explanation {
    pub(crate) fn rule(&self) -> &str {
        match self {
            Self::Awaited(name) | Self::Ready(name, _) | Self::Missing(name) => name,
            Self::All(_) => "",
        }
    }
}

/// What is known about a config.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linted {
    /// The newest report; none before the first.
    pub(crate) report: Option<Rc<Report>>,
    pub(crate) cursor: Cursor,
}

/// Two are equal if they look the same on the page: without problems, the cursor's column changes nothing.
impl PartialEq for Linted {
    fn eq(&self, other: &Self) -> bool {
        let is_same_report = match (&self.report, &other.report) {
            (Some(one), Some(two)) => Rc::ptr_eq(one, two),
            (one, two) => one.is_none() && two.is_none(),
        };
        let has_problems = || self.report.as_ref().is_some_and(|report| !report.places.is_empty());
        let (one, two) = (self.cursor, other.cursor);
        is_same_report && one.line == two.line && (one.offset == two.offset || !has_problems())
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    pub(crate) target: Choice,
    pub(crate) user: Linted,
    /// The config of the platform, as long as it is open.
    pub(crate) beside: Linted,
    /// Whether the user's text has the rich editor, which can show a part of it alone.
    pub(crate) is_rich: bool,
    /// Index of the part that it shows alone.
    pub(crate) part: Option<usize>,
    pub(crate) checking: Checking,
    /// The problem that was gone to by key, to be said: its index.
    pub(crate) said: Option<usize>,
    pub(crate) explanation: Option<Explanation>,
    pub(crate) trouble: Option<Trouble>,
    pub(crate) notices: Notices,
    pub(crate) view: View,
    pub(crate) input: Input,
    /// The user's own instance data; none for the example.
    pub(crate) instance_data: Option<Rc<str>>,
    pub(crate) boot: BootState,
    pub(crate) image: ImageState,
    /// The language of the interface: its name.
    pub(crate) language: AttrValue,
}

pub(crate) enum Action {
    Choose(Choice),
    Report(Config, Rc<Report>),
    /// The newest text takes long.
    Late,
    Cursor(Config, Cursor),
    /// The rich editor is there.
    Enriched,
    /// A part of the user's text is shown alone, or all of it.
    Part(Option<usize>),
    /// A problem was gone to by key.
    Said(usize),
    View(View),
    Input(Input),
    InstanceData(Option<Rc<str>>),
    Boot(BootAction),
    Image(ImageAction),
    Language(AttrValue),
    /// Shows an explanation instead of the one before.
    Explain(Explanation),
    /// Completes the explanation, if it is still wanted.
    Explained(Explanation),
    CloseExplanation,
    Trouble(Trouble),
    CloseTrouble,
    /// Says that a text was replaced, or not any more.
    Replaced(Option<Replaced>),
    /// Says that a worker was stopped.
    GivenUp(Work),
    CloseGivenUp(Work),
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut state = (*self).clone();
        match action {
            Action::Choose(target) => state.target = target,
            Action::Report(config, report) => {
                state.linted_mut(config).report = Some(report);
                state.said = None;
                state.checking = Checking::Current;
                if matches!(state.trouble, Some(Trouble::Linter(_))) {
                    state.trouble = None;
                }
            }
            Action::Late => state.checking = Checking::Late,
            Action::Said(index) => state.said = Some(index),
            Action::Cursor(config, cursor) => state.linted_mut(config).cursor = cursor,
            Action::Enriched => state.is_rich = true,
            Action::Part(part) => state.part = part,
            Action::View(view) => state.view = view,
            Action::Input(input) => {
                if !state.input.is_same_text(input) {
                    state.beside = Linted::default();
                }
                state.input = input;
            }
            Action::InstanceData(text) => state.instance_data = text,
            Action::Boot(action) => state.boot.reduce(action),
            Action::Image(action) => state.image.reduce(action),
            Action::Language(name) => state.language = name,
            Action::Explain(explanation) => state.explanation = Some(explanation),
            Action::Explained(explanation) => {
                let wanted = state.explanation.as_ref().map(Explanation::rule);
                if wanted == Some(explanation.rule()) {
                    state.explanation = Some(explanation);
                }
            }
            Action::CloseExplanation => state.explanation = None,
            Action::Trouble(trouble) => {
                if let Trouble::Linter(stop) = trouble {
                    state.checking = Checking::Stopped(stop);
                }
                state.trouble = Some(trouble);
            }
            Action::CloseTrouble => state.trouble = None,
            Action::Replaced(replaced) => state.notices.replaced = replaced,
            Action::GivenUp(work) if state.notices.given_up.contains(&work) => {}
            Action::GivenUp(work) => state.notices.given_up.push(work),
            Action::CloseGivenUp(work) => state.notices.given_up.retain(|other| *other != work),
        }
        Rc::new(state)
    }
}

impl State {
    /// As the page is when the app begins.
    pub(crate) fn taken_over(host: &Host, frame: &Frame) -> Self {
        let settings = Rc::new(frame.chosen_platforms(crate::session::restored(host)));
        let boot = BootState { settings, ..BootState::default() };
        Self {
            target: frame.choice(),
            user: Linted { report: host.report().map(Rc::new), cursor: Cursor::default() },
            instance_data: crate::session::restored_instance_data(host),
            boot,
            language: host.language().name().into(),
            ..Self::default()
        }
    }

    /// The name of the target that is used: the one that is chosen, or the one that the last report names.
    pub(crate) fn used_target(&self) -> &str {
        let reported = || self.user.report.as_ref().map(|report| report.target.as_str());
        self.target.as_deref().or_else(reported).unwrap_or_default()
    }

    /// What is known about the config that the problems are about.
    fn linted(&self) -> &Linted {
        match self.input.config() {
            Config::User => &self.user,
            Config::Beside => &self.beside,
        }
    }

    fn linted_mut(&mut self, config: Config) -> &mut Linted {
        match config {
            Config::User => &mut self.user,
            Config::Beside => &mut self.beside,
        }
    }

    /// The report on the newest text, or an older one as long as that may still come. When it will not come, an older
    /// one would pass for it.
    pub(crate) fn shown_report(&self) -> Option<&Rc<Report>> {
        self.linted().report.as_ref().filter(|_| !matches!(self.checking, Checking::Stopped(_)))
    }

    /// What the user's text is made of, if that is several parts, each of which can be shown alone.
    pub(crate) fn parts(&self) -> Rc<[Part]> {
        let can_show = self.is_rich && !matches!(self.checking, Checking::Stopped(_));
        let report = self.user.report.as_ref().filter(|_| can_show);
        report.map(|report| Rc::clone(&report.parts)).unwrap_or_default()
    }

    /// Index and place of the problem behind the cursor, or before it; the first one comes after the last.
    pub(crate) fn next_problem(&self, back: bool) -> Option<(usize, (u32, u32))> {
        let Cursor { offset, line } = self.linted().cursor;
        let mut places: Vec<_> = self.shown_report()?.places.iter().copied().enumerate().collect();
        places.sort_by_key(|&(index, (start, _))| (start, index));
        // Several may begin at one place, as those of a part in base64 do: behind the one that was gone to comes the next.
        let is_here =
            |&(index, (start, _)): &(usize, (u32, u32))| self.said == Some(index) && start == offset;
        let next = if let Some(here) = places.iter().position(is_here) {
            let count = places.len();
            places.get((here + if back { count - 1 } else { 1 }) % count)
        } else if back {
            let before = places.iter().rev().find(|(_, (start, _))| *start < offset);
            before.or_else(|| places.last())
        } else {
            let is_behind = |start: u32| start > offset || line == 0;
            let behind = places.iter().find(|(_, (start, _))| is_behind(*start));
            behind.or_else(|| places.first())
        };
        next.copied()
    }

    /// Index of the problem under the cursor: the narrowest, if several are.
    pub(crate) fn current(&self) -> Option<usize> {
        let cursor = self.linted().cursor.offset;
        let found = self.shown_report()?.places.iter().enumerate();
        let touched = found.filter(|&(_, &(start, end))| start <= cursor && cursor <= end);
        touched.min_by_key(|&(_, &(start, end))| end - start).map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reduce(state: State, action: Action) -> State {
        (*Rc::new(state).reduce(action)).clone()
    }

    fn report(places: &[(u32, u32)]) -> Rc<Report> {
        Rc::new(Report { places: places.to_vec(), ..Report::default() })
    }

    #[test]
    fn the_narrowest_problem_under_the_cursor_is_current() {
        let state = reduce(State::default(), Action::Report(Config::User, report(&[(0, 9), (4, 6)])));
        let at = |offset| {
            reduce(state.clone(), Action::Cursor(Config::User, Cursor { offset, line: 1 })).current()
        };
        assert_eq!([at(2), at(4), at(6), at(9), at(10)], [Some(0), Some(1), Some(1), Some(0), None]);
    }

    #[test]
    fn typing_draws_nothing_where_there_is_no_problem() {
        let at = |report: &Rc<Report>, offset, line| {
            let state = reduce(State::default(), Action::Report(Config::User, Rc::clone(report)));
            reduce(state, Action::Cursor(Config::User, Cursor { offset, line }))
        };
        let none = report(&[]);
        assert_eq!(at(&none, 4, 1), at(&none, 5, 1));
        assert_ne!(at(&none, 4, 1), at(&none, 5, 2), "the line is looked for among what a boot does");
        let some = report(&[(4, 5)]);
        assert_ne!(at(&some, 3, 1), at(&some, 4, 1));
        assert_ne!(at(&none, 4, 1), at(&some, 4, 1));
    }

    #[test]
    fn keys_go_from_problem_to_problem_in_the_order_of_the_text() {
        let at = |cursor: Option<u32>, back| {
            let state =
                reduce(State::default(), Action::Report(Config::User, report(&[(8, 9), (0, 3), (4, 6)])));
            let cursor = cursor.map_or(Cursor::default(), |offset| Cursor { offset, line: 1 });
            reduce(state, Action::Cursor(Config::User, cursor)).next_problem(back).map(|(index, _)| index)
        };
        assert_eq!(at(None, false), Some(1), "the cursor was nowhere yet");
        assert_eq!([0, 4, 8].map(|cursor| at(Some(cursor), false)), [Some(2), Some(0), Some(1)]);
        assert_eq!([0, 4, 8].map(|cursor| at(Some(cursor), true)), [Some(0), Some(1), Some(2)]);
        assert_eq!(State::default().next_problem(false), None);
    }

    #[test]
    fn keys_go_through_all_problems_that_begin_at_one_place() {
        let mut state =
            reduce(State::default(), Action::Report(Config::User, report(&[(4, 9), (4, 9), (0, 1)])));
        let mut go = |back| {
            let (index, (offset, _)) = state.next_problem(back)?;
            state = reduce(state.clone(), Action::Cursor(Config::User, Cursor { offset, line: 1 }));
            state = reduce(state.clone(), Action::Said(index));
            Some(index)
        };
        assert_eq!([false; 4].map(&mut go), [Some(2), Some(0), Some(1), Some(2)]);
        assert_eq!([true; 3].map(&mut go), [Some(1), Some(0), Some(2)]);
    }

    #[test]
    fn the_problems_are_those_of_the_config_that_is_open() {
        let state = reduce(State::default(), Action::Report(Config::User, report(&[(0, 9)])));
        let state = reduce(state, Action::Input(Input::Platform(OfPlatform::Metadata, None)));
        assert!(state.shown_report().is_some(), "no other config is open");
        let state = reduce(state, Action::Input(Input::Platform(OfPlatform::Oem, None)));
        assert!(state.shown_report().is_none(), "nothing is known about it yet");
        let state = reduce(state, Action::Report(Config::Beside, report(&[(3, 4), (5, 6)])));
        let state = reduce(state, Action::Cursor(Config::Beside, Cursor { offset: 5, line: 1 }));
        assert_eq!(state.current(), Some(1));
        let state = reduce(state, Action::Input(Input::UserData));
        assert_eq!(state.current(), Some(0));
        assert_eq!(state.beside, Linted::default(), "an old report would pass for that of another platform");
    }

    #[test]
    fn an_explanation_that_is_not_wanted_any_more_is_dropped() {
        let wanted = Explanation::Awaited("b".to_owned());
        let state = reduce(State::default(), Action::Explain(wanted.clone()));
        let late = Explanation::Missing("a".to_owned());
        let state = reduce(state, Action::Explained(late.clone()));
        assert_eq!(state.explanation, Some(wanted));
        let state = reduce(state, Action::CloseExplanation);
        assert_eq!(reduce(state, Action::Explained(late)).explanation, None);
    }

    #[test]
    fn a_report_on_an_older_text_does_not_pass_for_one_on_the_newest() {
        let state = reduce(State::default(), Action::Report(Config::User, report(&[(0, 9)])));
        let late = reduce(state, Action::Late);
        assert!(late.shown_report().is_some());
        let stopped = reduce(late, Action::Trouble(Trouble::Linter(Stop::Broken)));
        assert!(stopped.shown_report().is_none() && stopped.current().is_none());
        let closed = reduce(stopped, Action::CloseTrouble);
        assert!(closed.shown_report().is_none(), "what is not checked stays so when the message is closed");
        assert!(reduce(closed, Action::Report(Config::User, report(&[]))).shown_report().is_some());
    }

    #[test]
    fn two_workers_that_were_stopped_are_told_each_once() {
        let stopped = [Work::Check, Work::Preview, Work::Check].map(Action::GivenUp);
        let state = stopped.into_iter().fold(State::default(), reduce);
        assert_eq!(state.notices.given_up, [Work::Check, Work::Preview]);
        assert_eq!(reduce(state, Action::CloseGivenUp(Work::Check)).notices.given_up, [Work::Preview]);
    }

    #[test]
    fn a_report_ends_the_trouble_with_the_linter_alone() {
        let after = |trouble: Trouble| {
            let state = reduce(State::default(), Action::Trouble(trouble));
            reduce(state, Action::Report(Config::User, report(&[]))).trouble
        };
        assert_eq!(after(Trouble::Linter(Stop::Broken)), None);
        assert_eq!(after(Trouble::EditorMissing), Some(Trouble::EditorMissing));
    }
}
