//! The part of the page's state that belongs to the Image view.

use std::rc::Rc;

use yew::AttrValue;

use super::file::{Given, verified};
use super::report::{Certificate, Report};
use super::settings::Settings;

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ImageState {
    pub(crate) files: Rc<Vec<Given>>,
    pub(crate) settings: Rc<Settings>,
    pub(crate) verification: Verification,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Verification {
    /// Not all files are there.
    #[default]
    Waiting,
    Reading(Progress),
    Done(Rc<Report>, Progress),
    Cancelled,
    /// Why there is no verdict.
    Failed(AttrValue),
}

/// How much was read, and in what time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Progress {
    /// In bytes.
    pub(crate) read: f64,
    /// In bytes.
    pub(crate) total: f64,
    pub(crate) seconds: f64,
}

impl Progress {
    /// In bytes a second; none before it is known.
    pub(crate) fn speed(&self) -> Option<f64> {
        (self.seconds > 0.05 && self.read > 0.0).then(|| self.read / self.seconds)
    }

    /// In seconds.
    pub(crate) fn left(&self) -> Option<f64> {
        self.speed().map(|speed| (self.total - self.read) / speed)
    }
}

pub(crate) enum ImageAction {
    Files(Rc<Vec<Given>>),
    Settings(Rc<Settings>),
    Verification(Verification),
}

impl ImageState {
    pub(crate) fn reduce(&mut self, action: ImageAction) {
        match action {
            ImageAction::Files(files) => self.files = files,
            ImageAction::Settings(settings) => self.settings = settings,
            ImageAction::Verification(verification) => self.verification = verification,
        }
    }

    /// A key as the verdict sees it, which knows what was asked for.
    pub(crate) fn judged<'a>(&'a self, key: &'a Certificate) -> &'a Certificate {
        let Verification::Done(report, _) = &self.verification else { return key };
        report.keyring.iter().find(|judged| judged.fingerprint == key.fingerprint).unwrap_or(key)
    }

    /// The version in a `version.txt` that is verified itself. Of an image, nothing proves that it is the one.
    pub(crate) fn proven_version(&self) -> Option<&str> {
        verified(&self.files)?.sorted.as_ref()?.version.as_deref()
    }

    /// What screen readers are told.
    pub(crate) fn news(&self) -> Option<AttrValue> {
        match &self.verification {
            Verification::Waiting => None,
            Verification::Reading(_) => Some(t!("Verifying")),
            Verification::Done(report, _) => {
                let mut words = format!("{}: {}", report.headline, report.file);
                words[..1].make_ascii_uppercase();
                Some(words.into())
            }
            Verification::Cancelled => Some(t!("The verification was cancelled")),
            Verification::Failed(reason) => Some(reason.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Progress;

    #[test]
    fn what_is_left_follows_from_the_speed() {
        let progress = Progress { read: 100.0, total: 400.0, seconds: 2.0 };
        assert_eq!((progress.speed(), progress.left()), (Some(50.0), Some(6.0)));
        assert_eq!(Progress::default().left(), None);
    }
}
