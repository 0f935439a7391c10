use dryboot_lint::{Safety, Severity};

use crate::lint::{Context, Rule};
use crate::rules::docs;

pub(super) static RULE: Rule =
    Rule { name: "invalid-locale", severity: Severity::Warning, docs: docs!("invalid_locale.md"), check };

/// Languages and countries that are confused with each other.
const CONFUSED: [(&str, &str); 10] = [
    ("en_UK", "en_GB"),
    ("en_EN", "en_US"),
    ("jp_JP", "ja_JP"),
    ("cn_CN", "zh_CN"),
    ("kr_KR", "ko_KR"),
    ("cz_CZ", "cs_CZ"),
    ("dk_DK", "da_DK"),
    ("se_SE", "sv_SE"),
    ("ua_UA", "uk_UA"),
    ("gr_GR", "el_GR"),
];

fn check(context: &mut Context<'_>) {
    let Some(at) = context.top("locale") else { return };
    let Some(locale) = context.str(&at) else { return };
    if locale.is_empty() || locale.contains(['$', '{', '%', '<']) {
        return;
    }
    let (language, charset) = locale.split_at(locale.find(['.', '@']).unwrap_or(locale.len()));
    let confused = CONFUSED.iter().find(|(wrong, _)| *wrong == language).map(|(_, right)| *right);
    if confused.is_none() && is_locale(language) {
        return;
    }
    let (span, verbatim) = (context.span(&at), context.verbatim(&at));
    let message = "this locale does not exist, so programs fall back to `C`";
    let finding = context.report(span, message).path(at.path);
    match confused {
        Some(right) => {
            let meant = format!("{right}{charset}");
            let finding = finding.help(format!("did you mean `{meant}`?"));
            if let Some(span) = verbatim {
                finding.fix(Safety::Unsafe, format!("write `{meant}`"), span, meant);
            }
        }
        None => {
            finding.help("write language, country and character set, such as `de_DE.UTF-8`");
        }
    }
}

/// Language and country, or the locale without either; the country may be missing, as in `eo`.
fn is_locale(language: &str) -> bool {
    let (language, country) = match language.split_once('_') {
        Some((language, country)) => (language, Some(country)),
        None => (language, None),
    };
    let is_language =
        matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_country =
        |country: &str| country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    matches!(language, "C" | "POSIX") || (is_language && country.is_none_or(is_country))
}

#[cfg(test)]
mod tests {
    use super::is_locale;

    #[test]
    fn locales_have_a_form() {
        for locale in ["C", "POSIX", "de_DE", "eo", "ast_ES", "en_US"] {
            assert!(is_locale(locale), "{locale}");
        }
        for locale in ["german", "DE_de", "de-DE", "en_us", "Deutsch", "en_USA"] {
            assert!(!is_locale(locale), "{locale}");
        }
    }
}
