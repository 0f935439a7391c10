//! The keys that are known without being given: their fingerprints, never the keys themselves.

use crate::Fingerprint;
use crate::channel::Distribution;

/// A key that signs images.
#[derive(Debug, PartialEq, Eq)]
pub struct Pin {
    /// What people call it.
    pub name: &'static str,
    /// Whose images it signs.
    pub distribution: Distribution,
    /// Of the primary key.
    pub fingerprint: &'static str,
    /// What a key that poses as this one has in its user ID.
    marks: &'static [&'static str],
    /// The subkeys that have signed images, oldest first. There may be later ones.
    pub subkeys: &'static [KnownSubkey],
    /// Where users find the key.
    pub source: &'static str,
}

/// A subkey of a pinned key, for words alone: what it may do is decided by its binding.
#[derive(Debug, PartialEq, Eq)]
pub struct KnownSubkey {
    /// Of the subkey.
    pub fingerprint: &'static str,
    /// The day when it was made.
    pub created: &'static str,
}

const fn subkey(fingerprint: &'static str, created: &'static str) -> KnownSubkey {
    KnownSubkey { fingerprint, created }
}

/// The built-in pins.
pub const PINS: &[Pin] = &[
    Pin {
        name: "CoreOS Image Signing Key",
        distribution: Distribution::CoreOs,
        fingerprint: "04127D0BFABEC8871FFB2CCE50E0885593D2DCB4",
        marks: &["buildbot@coreos.com", "coreos buildbot", "coreos image signing"],
        subkeys: &[
            subkey("B42942E2EC8E6AA9A7826913A541ECB274E7E361", "2013-09-06"),
            subkey("EEFA7555E481D026CC40D8E6A5A96635E5676EFC", "2014-09-08"),
            subkey("DBFC52DBB963767AD20BA90807FA9ED31CB5FA26", "2015-08-31"),
            subkey("A5FA42549745ABBC7B827E368633FB13B58844F1", "2015-11-20"),
            subkey("07F23A2F63D6D4A17F552EF348F9B96A2E16137F", "2016-05-16"),
            subkey("8826AD9569F575AD3F5643E7DE2F8F87EF4B4ED9", "2017-05-22"),
            subkey("4D7241B14AA47290515D6A8D7FB32ABC0638EB2F", "2018-02-10"),
            subkey("FD986FB096482F906F55B2EA01C9CAE767B3CA0E", "2019-02-04"),
        ],
        source: "included in the install script `coreos-install`",
    },
    Pin {
        name: "Flatcar Image Signing Key",
        distribution: Distribution::Flatcar,
        fingerprint: "F88CFEDEFF29A5B4D9523864E25D9AED0593B34A",
        marks: &["buildbot@flatcar-linux.org", "flatcar buildbot", "flatcar image signing"],
        subkeys: &[
            subkey("1E100DD7A677A6F9A532C9F9B51DE377064D542D", "2018-02-26"),
            subkey("A621F1DA96C93C639506832D603443A1D0FC498C", "2018-03-14"),
            subkey("628CC212938065DAB4E3B949A8ABF005896E394F", "2018-09-26"),
            subkey("C8FE85310122E626753DB0CF3BC20FF8AF9CF1AF", "2019-09-30"),
            subkey("782B3BC9F10CF638A5DCF5105B2910CBFCBEAB91", "2020-08-28"),
            subkey("858A560F97C9AEB22EC1C732961DDDD5250D4A42", "2021-08-10"),
            subkey("8D6DA7853CFE1B1ED346ED0DEDBDF411267EC954", "2022-08-11"),
            subkey("E9426D8B67E35DF476BD048185F7C8868837E271", "2023-03-07"),
        ],
        source: "https://www.flatcar.org/security/image-signing-key",
    },
];

/// The pin of a primary key.
#[must_use]
pub fn pin(fingerprint: &Fingerprint) -> Option<&'static Pin> {
    PINS.iter().find(|pin| fingerprint.is(pin.fingerprint))
}

/// The pin that a key poses as: its name, and another fingerprint.
pub(crate) fn posed_as<'a>(
    fingerprint: &Fingerprint,
    user_ids: impl IntoIterator<Item = &'a str>,
) -> Option<&'static Pin> {
    if pin(fingerprint).is_some() {
        return None;
    }
    user_ids.into_iter().find_map(|user_id| {
        let plain: Vec<&str> = user_id.split_whitespace().collect();
        let plain = plain.join(" ").to_lowercase();
        PINS.iter().find(|pin| pin.marks.iter().any(|mark| plain.contains(mark)))
    })
}

/// The pin and the subkey that a signature's hint points to: a fingerprint, or a key ID, which is its end.
pub(crate) fn known_subkey(hint: &str) -> Option<(&'static Pin, &'static KnownSubkey)> {
    if hint.len() < 16 {
        return None;
    }
    PINS.iter()
        .find_map(|pin| Some((pin, pin.subkeys.iter().find(|known| known.fingerprint.ends_with(hint))?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fingerprint_is_one() {
        for pin in PINS {
            for digits in pin.subkeys.iter().map(|known| known.fingerprint).chain([pin.fingerprint]) {
                assert_eq!(Fingerprint::parse(digits).as_ref().map(Fingerprint::as_str), Ok(digits));
            }
            assert!(pin.subkeys.is_sorted_by_key(|known| known.created), "{}", pin.name);
        }
    }

    #[test]
    fn a_key_with_the_name_of_another_poses_as_it() {
        let other = Fingerprint::parse(&"AB".repeat(20)).expect("a fingerprint");
        let name = |user_id: &str| posed_as(&other, [user_id]).map(|pin| pin.name);
        assert_eq!(name("CoreOS  Buildbot <x@example.org>"), Some("CoreOS Image Signing Key"));
        assert_eq!(name("x <BuildBot@flatcar-linux.org>"), Some("Flatcar Image Signing Key"));
        assert_eq!(name("Alice <alice@example.org>"), None);
        let real = Fingerprint::parse(PINS[0].fingerprint).expect("a fingerprint");
        assert_eq!(posed_as(&real, ["CoreOS Buildbot"]), None);
    }

    #[test]
    fn hints_lead_to_known_subkeys() {
        let found = |hint: &str| known_subkey(hint).map(|(pin, known)| (pin.name, known.created));
        assert_eq!(found("01C9CAE767B3CA0E"), Some(("CoreOS Image Signing Key", "2019-02-04")));
        assert_eq!(
            found("628CC212938065DAB4E3B949A8ABF005896E394F"),
            Some(("Flatcar Image Signing Key", "2018-09-26"))
        );
        assert_eq!(found("67B3CA0E"), None);
        assert_eq!(found("0000000000000000"), None);
    }
}
