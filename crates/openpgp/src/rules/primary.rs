//! What a certificate says about its primary key: whether it is valid, signs, and until when.

use std::cmp::Reverse;

use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::types::SignatureType;

use super::{Context, Layer, ceases, created, key_expiry};
use crate::Time;
use crate::certificates::Certificate;
use crate::verdict::{Note, State, Unbound, WeakPlace};

/// A signature of the primary key over itself that verifies.
struct SelfSignature<'a> {
    signature: &'a Signature,
    created: Time,
    /// Directly over the key, not over a user ID.
    direct: bool,
}

impl Context<'_> {
    /// The layer of the primary key, and whether it may sign itself.
    pub(super) fn primary(&self, certificate: &Certificate) -> Result<(Layer, bool), State> {
        let own: Vec<_> = self_signatures(certificate)
            .filter(|own| {
                own.created <= self.now && ceases(own.signature).is_none_or(|end| end > self.signed)
            })
            .collect();
        let odd = |own: &SelfSignature<'_>| self.odd_part(own.signature, &certificate.primary);
        let sound: Vec<_> = own.iter().filter(|own| odd(own).is_none()).collect();
        // A pinned key is trusted by its fingerprint: a user ID adds nothing to it.
        if sound.is_empty() && !self.pinned {
            return Err(State::NotBound(match own.first().and_then(odd) {
                Some(part) => Unbound::Odd(part),
                None => Unbound::NoSelfSignature,
            }));
        }
        let birth = Time::from_system(certificate.primary.creation_time());
        let mut layer = Layer::default();
        let mut may_sign = None;
        // What a user ID's signature does not say, that over the key itself may.
        for direct in [false, true] {
            let of_kind = || sound.iter().copied().filter(move |own| own.direct == direct);
            let Some(then) = at(self.signed, of_kind(), birth) else { continue };
            let place = WeakPlace::SelfSignature;
            match self.own_hash(then.signature.hash_algo(), place, Note::Sha1SelfSignature) {
                Ok(note) => layer.notes.extend(note.filter(|note| !layer.notes.contains(note))),
                // Weaker than SHA-1: it says nothing, and under a pin nothing needs to be said.
                Err(_) if self.pinned => continue,
                Err(weak) => layer.weak = layer.weak.or(Some(weak)),
            }
            let expiry = |own: &SelfSignature<'_>| key_expiry(own.signature, birth);
            layer.expires = layer.expires.into_iter().chain(expiry(then)).min();
            let now = at(self.now, of_kind(), birth).and_then(expiry);
            layer.expires_now = layer.expires_now.into_iter().chain(now).min();
            may_sign = may_sign.or_else(|| then.signature.key_flags().map(|flags| flags.for_signing()));
        }
        Ok((layer, may_sign == Some(true)))
    }
}

/// The newest as of a time; before there was any, the first. Of two of one second, the one that allows less.
fn at<'a>(
    time: Time,
    own: impl Iterator<Item = &'a SelfSignature<'a>> + Clone,
    birth: Time,
) -> Option<&'a SelfSignature<'a>> {
    let key = |own: &&SelfSignature<'_>| {
        (own.created, Reverse(key_expiry(own.signature, birth).unwrap_or(Time(u64::MAX))))
    };
    let newest = own.clone().filter(|own| own.created <= time).max_by_key(key);
    newest.or_else(|| own.min_by_key(|own| own.created))
}

fn self_signatures(certificate: &Certificate) -> impl Iterator<Item = SelfSignature<'_>> {
    let primary = &certificate.primary;
    let direct = certificate.signatures.iter().filter(|signature| {
        signature.typ() == SignatureType::DirectKey && signature.verify_direct_key(primary, primary).is_ok()
    });
    let over_names = certificate.user_ids.iter().flat_map(move |(user_id, signatures)| {
        let kinds = [
            SignatureType::GenericCertification,
            SignatureType::PersonaCertification,
            SignatureType::CasualCertification,
            SignatureType::PositiveCertification,
        ];
        signatures.iter().filter(move |signature| {
            kinds.contains(&signature.typ())
                && signature.verify_userid_binding(primary, primary, user_id).is_ok()
        })
    });
    let all = direct.map(|signature| (signature, true)).chain(over_names.map(|signature| (signature, false)));
    all.filter_map(|(signature, direct)| {
        Some(SelfSignature { signature, created: created(signature)?, direct })
    })
}
