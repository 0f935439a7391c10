//! What PyYAML says and builds, where no PyYAML is at hand. `pyyaml` compares with the real one.

#![cfg(feature = "pyyaml")]
#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::path::Path;

use dryboot_yaml::python::{Date, Given, Key, Loaded, Value, load, position, report};
use dryboot_yaml::scalar::Scalar;
use dryboot_yaml::values::{Budget, build, effective_entries};
use dryboot_yaml::{Content, Crash, Dialect, Limits, NodeId, Position, Stage, SyntaxError, Tree, parse};

fn read(text: &str) -> (Tree, Loaded) {
    let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &Limits::default());
    assert!(parsed.is_whole(), "{text:?}: {:?} {:?}", parsed.error, parsed.crash);
    let loaded = load(&parsed.tree, &Limits::default());
    (parsed.tree, loaded)
}

/// The refusal, by whichever part.
fn refusal(text: &str) -> Option<SyntaxError> {
    let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &Limits::default());
    parsed.error.or_else(|| load(&parsed.tree, &Limits::default()).error)
}

fn crash(text: &str) -> Option<Crash> {
    let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &Limits::default());
    parsed.crash.or_else(|| load(&parsed.tree, &Limits::default()).crash)
}

#[test]
fn each_part_refuses_in_its_own_words_with_its_own_places() {
    let (parser, constructor) = (Stage::Parser, Stage::Constructor);
    let mapping = "while constructing a mapping";
    for (text, stage, context, message, noticed) in [
        (
            "ä\u{7}",
            Stage::Reader,
            None,
            "unacceptable character #x0007: special characters are not allowed",
            2,
        ),
        ("- a\n  b: c", parser, None, "mapping values are not allowed here", 7),
        ("a: b\nc\n", parser, Some(("while scanning a simple key", 5)), "could not find expected ':'", 7),
        (
            "a:\tb",
            parser,
            Some(("while scanning for the next token", 2)),
            r"found character '\t' that cannot start any token",
            2,
        ),
        (
            "'a\n--- b'",
            parser,
            Some(("while scanning a quoted scalar", 0)),
            "found unexpected document separator",
            3,
        ),
        ("a: b\n...\nc", parser, None, "expected '<document start>', but found '<scalar>'", 9),
        (
            "a: b\n---\nc: d",
            parser,
            Some(("expected a single document in the stream", 0)),
            "but found another document",
            5,
        ),
        ("a: *b", parser, None, "found undefined alias 'b'", 3),
        (
            "a: &x b\nc: &x d",
            parser,
            Some(("found duplicate anchor 'x'; first occurrence", 3)),
            "second occurrence",
            11,
        ),
        ("a: !e!x b", parser, Some(("while parsing a node", 3)), "found undefined tag handle '!e!'", 3),
        (
            "a: !%e4%b8 b",
            parser,
            Some(("while scanning a tag", 3)),
            "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data",
            4,
        ),
        ("{ä, [a]: b}", constructor, Some((mapping, 0)), "found unhashable key", 5),
        (
            "<<: 1",
            constructor,
            Some((mapping, 0)),
            "expected a mapping or list of mappings for merging, but found scalar",
            4,
        ),
        (
            "- &a {}\n- <<: [*a, b]",
            constructor,
            Some((mapping, 10)),
            "expected a mapping for merging, but found scalar",
            19,
        ),
        ("a: &b !x c", constructor, None, "could not determine a constructor for the tag '!x'", 3),
        (
            "a: =",
            constructor,
            None,
            "could not determine a constructor for the tag 'tag:yaml.org,2002:value'",
            3,
        ),
        (
            "a: !!omap [b]",
            constructor,
            Some(("while constructing an ordered map", 3)),
            "expected a mapping of length 1, but found scalar",
            11,
        ),
        ("a: !!binary aGk", constructor, None, "failed to decode base64 data: Incorrect padding", 3),
    ] {
        let error = refusal(text).expect(text);
        assert_eq!((error.stage, &*error.message, error.noticed), (stage, message, noticed), "{text:?}");
        assert_eq!(error.context.as_ref().map(|(words, at)| (&**words, *at)), context, "{text:?}");
    }
}

#[test]
fn a_person_looks_at_the_alias_and_pyyaml_at_the_anchor() {
    let error = refusal("- &a [b]\n- {*a : c}").expect("a refusal");
    assert_eq!((error.noticed, error.place), (2, 12));
    let error = refusal("- &a b\n- {<<: *a}").expect("a refusal");
    assert_eq!((error.noticed, error.place), (2, 14));
}

#[test]
fn of_two_faults_the_less_nested_one_comes_first() {
    let message = |text| refusal(text).map(|error| error.message).unwrap_or_default();
    assert!(message("- - !x a\n- !y b\n").ends_with("'!y'"));
    assert!(message("- !x a\n- !y b\n").ends_with("'!x'"));
    assert!(message("a: {[b]: c}\nd: !x e\n").ends_with("'!x'"));
    assert!(message("a: !!str [b]\nc: !x d\n").starts_with("expected a scalar node"));
    // The whole document is read first.
    assert!(message("a: !x b\nc: *d\n").starts_with("found undefined alias"));
}

#[test]
fn what_python_raises_is_a_crash_and_no_refusal() {
    for (text, message, place) in [
        ("a: 2026-13-45", "ValueError: month must be in 1..12", 3),
        ("a: !!int x", "ValueError: invalid literal for int() with base 10: 'x'", 3),
        ("a: !!bool Maybe", "KeyError: 'maybe'", 3),
        ("a: !!float ''", "IndexError: string index out of range", 3),
        ("a: !!timestamp b", "AttributeError: 'NoneType' object has no attribute 'groupdict'", 3),
        (r#"a: "\U00110000""#, "ValueError: chr() arg not in range(0x110000)", 6),
        ("&a !!str {=: *a}", "RecursionError: maximum recursion depth exceeded", 0),
    ] {
        assert_eq!(refusal(text), None, "{text:?}");
        assert_eq!(crash(text), Some(Crash { message: message.to_owned(), place }), "{text:?}");
    }
}

#[test]
fn nesting_that_fills_the_stack_of_python_is_a_crash_unless_a_limit_comes_first() {
    let text = "[".repeat(600);
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let parsed = parse(text.as_bytes(), &text, Dialect::PyYaml, &limits);
    assert!(parsed.crash.is_some_and(|crash| crash.message.starts_with("RecursionError")));
    let parsed = parse(text.as_bytes(), &text, Dialect::PyYaml, &Limits::default());
    assert!(parsed.crash.is_none() && parsed.limit.is_some());
}

fn root_value<'l>(tree: &Tree, loaded: &'l Loaded) -> &'l Value {
    loaded.value(tree.root().expect("a root")).expect("a value")
}

/// The entries of the last item of a list, or of the whole: key, last key and value as they are written.
fn dict<'t>(text: &'t str, tree: &Tree, loaded: &Loaded) -> Vec<[&'t str; 3]> {
    let dict = match root_value(tree, loaded) {
        Value::List(items) => items.last().and_then(|id| loaded.value(*id)),
        value => Some(value),
    };
    let entries = match dict {
        Some(Value::Dict(entries)) => entries.as_slice(),
        _ => &[],
    };
    let written = |id: NodeId| tree.node(id).span.slice(text);
    entries.iter().map(|entry| [entry.key, entry.last_key, entry.value].map(written)).collect()
}

#[test]
fn equal_keys_are_one_entry_with_the_first_key_and_the_last_value() {
    let text = "{1: a, b: c, true: d, '1': e, 1.0: f, ~: g, '': h, null: i}";
    let (tree, loaded) = read(text);
    assert_eq!(loaded.error, None);
    assert_eq!(
        dict(text, &tree, &loaded),
        [["1", "1.0", "f"], ["b", "b", "c"], ["'1'", "'1'", "e"], ["~", "null", "i"], ["''", "''", "h"]]
    );
    assert_eq!(build(&tree, Dialect::PyYaml).duplicates.len(), 3);
}

#[test]
fn merged_entries_come_first_and_lose_to_own_ones() {
    for (text, expected) in [
        (
            "- &a {k: 1, l: 2}\n- {m: 3, <<: *a, k: 4}",
            vec![["k", "k", "4"], ["l", "l", "2"], ["m", "m", "3"]],
        ),
        ("- &a {k: 1}\n- &b {k: 2}\n- {<<: [*a, *b]}", vec![["k", "k", "1"]]),
        ("- &a {k: 1}\n- &b {k: 2}\n- {<<: *a, <<: *b}", vec![["k", "k", "2"]]),
        ("- &a {k: 1}\n- &b {<<: *a, l: 2}\n- {<<: *b}", vec![["k", "k", "1"], ["l", "l", "2"]]),
        ("- &a {<<: {k: 1}}\n- {! '<<': *a}", vec![["k", "k", "1"]]),
        ("- {=: 1, k: 2}", vec![["=", "=", "1"], ["k", "k", "2"]]),
    ] {
        let (tree, loaded) = read(text);
        assert_eq!(loaded.error, None, "{text}");
        let dict = dict(text, &tree, &loaded);
        assert_eq!(dict, expected, "{text}");

        let root = tree.root().expect("a root");
        let Content::Sequence(items) = &tree.node(root).content else { panic!("a list") };
        let last = items.last().expect("an item").value;
        let effective = effective_entries(&tree, last, Dialect::PyYaml, &mut Budget::new(99));
        for [key, _, value] in dict {
            let written = |id: NodeId| tree.node(id).span.slice(text);
            let entry = effective.iter().rfind(|entry| written(entry.key) == key);
            assert_eq!(entry.map(|entry| written(entry.value)), Some(value), "{text}");
        }
    }
}

#[test]
fn what_merge_keys_multiply_ends_at_a_limit() {
    let mut text = "- &a0 {k: 1, l: 2}\n".to_owned();
    for level in 1..40 {
        let before = level - 1;
        text.push_str(&format!("- &a{level} {{<<: [*a{before}, *a{before}]}}\n"));
    }
    let (_, loaded) = read(&text);
    assert!(loaded.limit.is_some() && loaded.error.is_none());
}

/// Each of these takes Python minutes.
#[test]
fn many_merges_of_large_mappings_are_read_in_linear_time() {
    let large: String = (0..20_000).map(|key| format!("k{key}: v\n  ")).collect();
    let (many, merges) = ("*a, ".repeat(20_000), "<<: {}\n  ".repeat(20_000));
    for text in [
        format!("a: &a\n  {large}\nb:\n  <<: [{many}]\n"),
        format!("a: &a\n  {large}<<: [{many}]\n"),
        format!("a: &a\n  {merges}<<: [{many}]\n"),
        format!("a: &a\n  {merges}{large}\n"),
        format!("a:\n- &a\n  {large}=: b\nc:\n{}", "- !!str {=: *a}\n".repeat(20_000)),
    ] {
        let (_, loaded) = read(&text);
        assert!(loaded.error.is_none());
    }
}

#[test]
fn tags_and_texts_become_values_of_python() {
    let text = "- 99999999999999999999\n- 2026-11-22\n- !!set {a, b}\n- !!pairs [a: b, a: c]\n- !!str {=: d}\n- *x\n";
    let text = text.replace("- 9", "- &x 9");
    let (tree, loaded) = read(&text);
    let Value::List(items) = root_value(&tree, &loaded) else { panic!("a list") };
    let scalar = |index: usize| match loaded.value(items[index]) {
        Some(Value::Scalar { scalar, .. }) => scalar.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(scalar(0), Scalar::BigInt("99999999999999999999".into()));
    assert_eq!(scalar(5), scalar(0));
    assert_eq!(scalar(1), Scalar::Date(Date { year: 2026, month: 11, day: 22 }));
    assert!(matches!(loaded.value(items[2]), Some(Value::Set(keys)) if keys.len() == 2));
    assert!(matches!(loaded.value(items[3]), Some(Value::Pairs(pairs)) if pairs.len() == 2));
    assert_eq!(loaded.key(&tree, items[4]), Some(Key::Text("d")));
}

/// cloud-init's own report of texts that PyYAML refuses. A template is refused only when it is filled.
#[test]
fn refusals_read_as_cloud_init_recorded_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/cloud-init");
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).expect("the recordings") {
        let path = entry.expect("an entry").path();
        let Some(name) = path.to_str().and_then(|path| path.strip_suffix(".want.json")) else { continue };
        let want = std::fs::read_to_string(&path).expect("a recording");
        let want: serde_json::Value = serde_json::from_str(&want).expect("JSON");
        let message = want["errors"][0]["message"].as_str().unwrap_or_default();
        let Some((_, recorded)) = message.split_once(" is not valid YAML. ") else { continue };
        let Ok(text) = std::fs::read_to_string(format!("{name}.in")) else { continue };
        if text.starts_with("## template") {
            continue;
        }
        let error = refusal(&text).expect(name);
        assert_eq!(report(&error, &text, Given::Text), recorded, "{name}");
        let reported = error.context.as_ref().map_or(error.noticed, |(_, begun)| *begun);
        let place = match error.stage {
            // Without a place, cloud-init points at the start.
            Stage::Reader => Position { line: 1, column: 1 },
            _ => position(&text, reported),
        };
        let place = format!("format-l{}.c{}", place.line, place.column);
        assert_eq!(want["errors"][0]["path"], *place, "{name}");
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}
