//! The names of variables, which the template engine does not have where it prints them.

/// The filter that prints a variable, or says which one is not known.
pub(super) const FILTER: &str = "__named";

/// The body of a template in which each variable that is printed as it is passes through the filter.
pub(super) fn with_names(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(['{']) {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        if let Some(raw) = raw_block(tag) {
            out.push_str(raw);
            rest = &tag[raw.len()..];
            continue;
        }
        let inner = tag.strip_prefix("{{").and_then(|inner| inner.split_once("}}"));
        match inner.and_then(|(inner, after)| Some((named(inner)?, after))) {
            Some((named, after)) => {
                out.push_str(&named);
                rest = after;
            }
            None => {
                out.push('{');
                rest = &tag[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A block in which nothing is a variable, with its tags.
fn raw_block(tag: &str) -> Option<&str> {
    if tag.starts_with("{#") {
        return tag.find("#}").map(|end| &tag[..end + 2]);
    }
    let inner = tag.strip_prefix("{%")?.trim_start_matches('-').trim_start();
    let is_raw = inner.strip_prefix("raw").is_some_and(|rest| rest.trim_start().starts_with(['%', '-']));
    let end = tag.find("endraw").filter(|_| is_raw)?;
    tag.get(..end + "endraw".len())
}

/// The tag that prints a variable, with the filter; none for one that is more than a variable.
fn named(inner: &str) -> Option<String> {
    let (start, inner) = match inner.strip_prefix(['-', '+']) {
        Some(rest) => (&inner[..1], rest),
        None => ("", inner),
    };
    let (end, inner) = match inner.strip_suffix('-') {
        Some(rest) => ("-", rest),
        None => ("", inner),
    };
    let variable = inner.trim();
    let is_part = |char: char| char.is_ascii_alphanumeric() || "_.['\"]-".contains(char);
    let begins = variable.starts_with(|char: char| char.is_ascii_alphabetic() || char == '_');
    if !begins || !variable.chars().all(is_part) || variable.contains("--") {
        return None;
    }
    let has_minus = variable.split(['\'', '"']).step_by(2).any(|outside| outside.contains('-'));
    let name = variable.rsplit(['.', '[']).next()?.trim_matches(['\'', '"', ']']);
    (!has_minus && !name.is_empty()).then(|| format!("{{{{{start} {variable}|{FILTER}(\"{name}\") {end}}}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_variables_pass_through_the_filter() {
        for (body, named) in [
            ("a {{ b }} c", "a {{ b|__named(\"b\") }} c"),
            ("{{- v1['x-y'] -}}", "{{- v1['x-y']|__named(\"x-y\") -}}"),
            ("{{ a - b }}{{ a-b }}{{ a|upper }}", "{{ a - b }}{{ a-b }}{{ a|upper }}"),
            ("{% raw %}{{ a }}{% endraw %}", "{% raw %}{{ a }}{% endraw %}"),
            ("{# {{ a }} #}{ }", "{# {{ a }} #}{ }"),
            ("{{ 1 }}{{ \"x\" }}", "{{ 1 }}{{ \"x\" }}"),
        ] {
            assert_eq!(with_names(body), named);
        }
    }
}
