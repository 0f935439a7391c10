//! The reasons why gpg says something else about good or bad.

pub(in crate::cases) const SHA1: &str =
    "gpg 2.2 accepts SHA-1 over data, which the policy refuses since 2013-02-01";
pub(in crate::cases) const RIPEMD: &str =
    "gpg 2.2 accepts RIPEMD-160, which the policy refuses since 2013-02-01";
pub(in crate::cases) const SHORT: &str =
    "gpg accepts RSA keys of 1024 bits, which the policy refuses since 2014-02-01";
pub(in crate::cases) const SHA1_BINDING: &str = "gpg 2.2 accepts SHA-1 within keys, which the policy refuses since 2023-02-01 for keys that are not pinned";
pub(in crate::cases) const AFTER_EXPIRY: &str =
    "gpg notes that a key has expired, and not whether that was before it signed";
pub(in crate::cases) const SOFT: &str =
    "gpg calls every signature of a revoked key bad; a key that was only withdrawn was good before that";
pub(in crate::cases) const LOOK_ALIKE: &str = "gpg trusts any key of its keyring, whatever its name";
pub(in crate::cases) const ASKED_FOR: &str = "gpg cannot be asked for one key";
pub(in crate::cases) const ONE_IS_ENOUGH: &str =
    "gpg fails when one of several signatures is not good; here, as many must be good as were asked for";
pub(in crate::cases) const REQUIRED: &str = "gpg cannot ask for several signatures";
pub(in crate::cases) const TEXT: &str =
    "gpg verifies signatures over text, which ignore line ends: an image that was changed could pass";
pub(in crate::cases) const BOUND_LATER: &str =
    "gpg judges by the newest binding, whatever its date; here, the binding must be older than the signature";
pub(in crate::cases) const PRIVATE: &str = "gpg imports private keys; here, they are refused unread";
pub(in crate::cases) const DAMAGED_KEYRING: &str =
    "gpg imports nothing of a file with rubbish behind the key";
pub(in crate::cases) const NO_USER_ID: &str = "gpg imports no key without a user ID; a pinned one needs none";
pub(in crate::cases) const FROM_THE_FUTURE: &str = "gpg takes signatures from the future for good";
pub(in crate::cases) const TRAILING: &str =
    "gpg fails when anything follows the signature, which is good all the same";
