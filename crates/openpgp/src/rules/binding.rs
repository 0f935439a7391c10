//! What binds a subkey to its primary key, both ways, and what it allows.

use std::cmp::Reverse;

use sequoia_openpgp::packet::Signature;
use sequoia_openpgp::packet::signature::subpacket::SubpacketValue;
use sequoia_openpgp::types::SignatureType;

use super::{Context, Layer, ceases, created, key_expiry};
use crate::Time;
use crate::certificates::{Certificate, Primary, Subkey};
use crate::verdict::{Note, State, Unbound, WeakPlace};

impl Context<'_> {
    /// The layer of a subkey.
    pub(super) fn binding(
        &self,
        certificate: &Certificate,
        subkey: &Subkey,
        signatures: &[Signature],
    ) -> Result<Layer, State> {
        let primary = &certificate.primary;
        let birth = Time::from_system(subkey.creation_time());
        let all: Vec<(Time, &Signature)> = signatures
            .iter()
            .filter(|signature| binds(signature, primary, subkey))
            .filter_map(|signature| Some((created(signature)?, signature)))
            .collect();
        let oldest = all.iter().map(|(created, _)| *created).min();
        let oldest = oldest.ok_or(State::NotBound(Unbound::NoBinding))?;
        let then = newest(&all, self.signed, self.signed, birth);
        let binding = then.ok_or(State::NotBound(Unbound::BoundLater { created: oldest }))?;
        if let Some(part) = self.odd_part(binding, primary) {
            return Err(State::NotBound(Unbound::Odd(part)));
        }
        if !binding.key_flags().is_some_and(|flags| flags.for_signing()) {
            return Err(State::NotBound(Unbound::NotForSigning));
        }
        let back = self.back_signature(binding, primary, subkey)?;
        let mut layer = Layer::default();
        for hash in [binding.hash_algo(), back.hash_algo()] {
            match self.own_hash(hash, WeakPlace::Binding, Note::Sha1Binding) {
                Ok(note) => layer.notes.extend(note.filter(|note| !layer.notes.contains(note))),
                Err(weak) => layer.weak = layer.weak.or(Some(weak)),
            }
        }
        layer.expires = key_expiry(binding, birth);
        layer.expires_now =
            newest(&all, self.now, self.signed, birth).map_or(layer.expires, |now| key_expiry(now, birth));
        Ok(layer)
    }

    /// The signature of the subkey over the primary key: without it, anybody could claim the subkey as theirs.
    fn back_signature<'s>(
        &self,
        binding: &'s Signature,
        primary: &Primary,
        subkey: &Subkey,
    ) -> Result<&'s Signature, State> {
        let parts = binding.hashed_area().iter().chain(binding.unhashed_area().iter());
        let mut reason = Unbound::NoBackSignature;
        for part in parts {
            let SubpacketValue::EmbeddedSignature(back) = part.value() else { continue };
            if back.verify_primary_key_binding(primary, subkey).is_err() {
                reason = Unbound::WrongBackSignature;
            } else if let Some(part) = self.odd_part(back, subkey) {
                reason = Unbound::Odd(part);
            } else if ceases(back).is_some_and(|end| end <= self.signed) {
                reason = Unbound::WrongBackSignature;
            } else {
                return Ok(back);
            }
        }
        Err(State::NotBound(reason))
    }
}

/// The newest binding as of a time that still counts at another. Of two of one second, the one that allows less.
fn newest<'s>(
    all: &[(Time, &'s Signature)],
    as_of: Time,
    counts_at: Time,
    birth: Time,
) -> Option<&'s Signature> {
    let alive = all.iter().filter(|(created, signature)| {
        *created <= as_of && ceases(signature).is_none_or(|end| end > counts_at)
    });
    let key = |(created, signature): &&(Time, &Signature)| {
        (*created, Reverse(key_expiry(signature, birth).unwrap_or(Time(u64::MAX))))
    };
    alive.max_by_key(key).map(|(_, signature)| *signature)
}

/// Whether the primary key says that the subkey is its own. The subkey's consent is another matter.
fn binds(signature: &Signature, primary: &Primary, subkey: &Subkey) -> bool {
    let digest = || {
        let mut hash = signature.hash_algo().context()?.for_signature(signature.version());
        signature.hash_subkey_binding(&mut hash, primary, subkey)?;
        hash.into_digest()
    };
    signature.typ() == SignatureType::SubkeyBinding
        && digest().and_then(|digest| signature.verify_digest(primary, digest)).is_ok()
}
