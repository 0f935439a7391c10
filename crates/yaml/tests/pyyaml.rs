//! Our reading of YAML as PyYAML reads it against PyYAML 6.0.3 itself, on every text of the conformance suites and on
//! damaged pieces of them: the same texts are accepted with the same values, refused with the same words at the same
//! places, or bring Python down with the same exception.
//!
//! `DRYBOOT_PYTHON` names the Python to ask. `cargo xtask test` installs one with PyYAML and sets it.
//! `DRYBOOT_THOROUGH=1 cargo test --profile thorough -p dryboot-yaml --test pyyaml` goes deeper.

mod common;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{PIECES, Random, damage, texts};
use dryboot_testing::{Tries, skip};
use dryboot_yaml::python::{DateTime, Loaded, Value, load};
use dryboot_yaml::scalar::Scalar;
use dryboot_yaml::{Crash, Dialect, Limits, NodeId, Stage, SyntaxError, Tree, parse};

const MUTATIONS: Tries<usize> = Tries { everyday: 60_000, thorough: 1_000_000 };

/// How many lines of a text are damaged at once. PyYAML takes a second for 100 KB.
const LINES: usize = 12;

/// Numbers with more digits are not compared, only that there are so many.
const MOST_DIGITS: usize = 4300;

/// How many differences are shown.
const MOST_SHOWN: usize = 20;

/// How many texts Python gets at once.
const BATCH: usize = 200;

/// What damaged texts get more of: what PyYAML makes values of.
const VALUES: &[&str] = &[
    "!!int ",
    "!!float ",
    "!!bool ",
    "!!null ",
    "!!binary ",
    "!!timestamp ",
    "!!set ",
    "!!omap ",
    "!!pairs ",
    "!!seq ",
    "!!map ",
    "!!str ",
    "!!value ",
    "!!merge ",
    "!x ",
    "! ",
    "!<tag:yaml.org,2002:str> ",
    "!<!> ",
    "=: ",
    "=",
    "<<: ",
    "<<: [*a, *a]\n",
    "<<: {b: c}\n",
    "<<: 1\n",
    "1:30",
    "01:30",
    "1:30.5",
    "8080:80",
    "0x1F",
    "0b101",
    "0b_",
    "0o17",
    "017",
    "08",
    "1_000",
    "1e3",
    "1.0e+3",
    ".5",
    "1.",
    ".inf",
    "-.INF",
    ".nan",
    "yes",
    "Off",
    "tRUE",
    "Null",
    "2026-11-22",
    "2026-1-2",
    "2026-13-45",
    "2026-11-22T10:00:00Z",
    "2026-11-22 1:02:03.4567 +02:30",
    "2026-11-22 1:02:03 -23:99",
    "99999999999999999999",
    "-0x8000000000000000",
    "1.0: a\n",
    "true: a\n",
    "1: a\n",
    "aGk=",
    "a",
    "\u{7}",
    "\u{0}",
    "\\ud800",
    "%41%c3%a4",
    "%c3",
    "%FOO bar\n",
    "%YAML 1.3\n",
    "%YAML 2.0\n",
    "%YAML 1.",
    "%TAG ! tag:yaml.org,2002:\n",
    "? ",
    "{a: b, a: c}",
    "[a, b]",
    "- a\n- b\n",
    "&b ",
    "*b",
    "*b : c\n",
    "{? }",
    "[? ]",
    "!!set {a, b}",
    "!!omap [a: b]",
    "!!pairs [a: b, a: c]",
    "? {a: b}\n",
    "key: ",
    "|1\n",
    ">+2 # a\n",
];

/// Python, ready for texts.
struct Peer {
    child: std::process::Child,
    answers: BufReader<std::process::ChildStdout>,
}

impl Peer {
    fn start(python: &Path) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pyyaml.py");
        let mut child = Command::new(python)
            .arg("-I")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, answers }
    }

    fn ask(&mut self, texts: &[String]) -> Vec<String> {
        let mut question = serde_json::to_vec(texts).expect("JSON");
        question.push(b'\n');
        self.child.stdin.as_mut().expect("a pipe").write_all(&question).expect("Python reads");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("Python answers");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn python() -> Option<std::path::PathBuf> {
    std::env::var_os("DRYBOOT_PYTHON").filter(|path| !path.is_empty()).map(Into::into)
}

const MISSING: &str = "DRYBOOT_PYTHON does not name a Python with PyYAML 6.0.3; `cargo xtask test` does that";

/// Some lines of a text, damaged, or a text of nothing but pieces.
fn mutation(texts: &[String], pieces: &[&str], random: &mut Random) -> String {
    if random.below(3) == 0 {
        return (0..=random.below(12)).map(|_| random.one_of(pieces)).collect();
    }
    let text = &texts[random.below(texts.len())];
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let start = random.below(lines.len());
    let end = (start + 1 + random.below(LINES)).min(lines.len());
    damage(&lines.get(start..end).unwrap_or_default().concat(), random, pieces)
}

/// What chance does not find: lengths, depths and loops.
fn special() -> Vec<String> {
    let mut texts = Vec::new();
    for length in [1023, 1024, 1025, 1026] {
        for (before, after) in [("", ""), ("a: b\n", ""), ("{", "}"), ("a: {", "}"), ("\u{FEFF}", "")] {
            let key = "k".repeat(length);
            texts.push(format!("{before}{key}: v{after}\n"));
            texts.push(format!("{before}\"{key}\": v{after}\n"));
            texts.push(format!("{before}\u{FEFF}{key}\u{FEFF}: v{after}\n"));
            texts.push(format!("{before}? {key}\n: v{after}\n"));
        }
    }
    for digits in [39, 400, 4299, 4300, 4301, 9000] {
        let ones = "1".repeat(digits);
        for form in [
            "@",
            "-@",
            "+@_1",
            "0x@",
            "0b@",
            "0@",
            "!!int 0@",
            "!!int @x",
            "@.5",
            "@:30",
            "!!float @:@:1",
            "%YAML 1.@\n--- a",
        ] {
            texts.push(form.replace('@', &ones));
        }
    }
    for groups in [10, 22, 23, 60, 173, 174, 175, 800] {
        texts.push(format!("1{}", ":59".repeat(groups)));
        texts.push(format!("1{}.5", ":07".repeat(groups)));
        texts.push(format!("-7.1{}", ":0".repeat(groups)));
        texts.push(format!("!!float 1{}", ":1.1".repeat(groups)));
    }
    for depth in [10, 100, 300, 5000] {
        texts.push("[".repeat(depth));
        texts.push("- ".repeat(depth));
        texts.push(format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        texts.push(format!("{}a: {}", "{a: ".repeat(depth), "}".repeat(depth)));
        let chain = (1..depth).map(|link| format!("  - &l{link} {{<<: *l{}, k{}: 1}}\n", link - 1, link % 3));
        let chain: String = chain.collect();
        texts.push(format!("a:\n  - &l0 {{k: 1}}\n{chain}b: {{<<: *l{}}}\n", depth - 1));
    }
    let cases = [
        "&a [*a]",
        "&a {b: *a}",
        "&a {? *a : b}",
        "&a {<<: *a, b: c}",
        "&a {<<: [*a, *a], b: c, <<: *a}",
        "&a !!str {=: *a}",
        "!!str {=: b}",
        "!!int {a: b, =: 0x10}",
        "!!timestamp {=: 2026-11-22}",
        "!!null [a]",
        "a: &x {=: 1}\nb: !!str {<<: *x}\nc: !!int *x",
        "- &e =\n- {*e : 1}",
        "- {&e =: 1}\n- *e",
        "- [&e =]\n- {*e : 1}",
        "- &m <<\n- {*m : {a: b}}",
        "- {&m <<: {a: b}}\n- [*m]",
        "!!binary {=: aGk=}",
        "!!set {a, b, a}",
        "!!set [a]",
        "!!set {[a]}",
        "!!set {<<: {a: b}, c}",
        "!!omap {a: b}",
        "!!omap [a]",
        "!!omap [{a: b, c: d}]",
        "!!omap [{[a]: b}]",
        "!!pairs [a: b, ]",
        "!!pairs a",
        "!!omap [{<<: {a: b}}]",
        "!!seq {a: b}",
        "!!map [a]",
        "!!map a",
        "!!seq a",
        "? !!set {a}\n: b",
        "[{[a]: b}, !x c]",
        "- - !x a\n- !y b",
        "- - !!int a\n- !y b",
        "a: !!str [b]\nc: !y d",
        "{1: a, true: b, 1.0: c, 0x1: d, \"1\": e}",
        "{.nan: a, .NaN: b, !!float nan: c, !!float nan: d}",
        "{2026-11-22: a, 2026-11-22 00:00:00: b, 2026-11-22 00:00:00Z: c, 2026-11-22T02:00:00+02:00: d}",
        "{36893488147419103232: a, 36893488147419103232.0: b, 3.6893488147419103232e+19: c}",
        "{null: a, ~: b, '': c}",
        "{!!binary aGk=: a, !!binary aGl=: b, hi: c}",
        "{-0.0: a, 0: b, false: c, 0.0: d}",
        "{!!binary \"\": a, \"\": b}",
        "! \"123\\n\"",
        "! \"yes\\n\"",
        "! \"\\n\"",
        "! \"2026-11-22\\n\"",
        "! [a]",
        "! {a: b}",
        "!",
        "! \"<<\"",
        "{! \"<<\": {a: b}}",
        "!!int \" 12 \"",
        "!!int \"\"",
        "!!int \"-\"",
        "!!int \"--5\"",
        "!!int \"0x0x1F\"",
        "!!int \"0o17\"",
        "!!int \"0b0b11\"",
        "!!int \"1:-2:+3\"",
        "!!int \"\\x1c 7 \\x1f\"",
        "!!float \"\"",
        "!!float \"+\"",
        "!!float \" 1e5 \"",
        "!!float \"--1\"",
        "!!float infinity",
        "!!float -nan",
        "!!float \"1:2:x\"",
        "!!float 1e400",
        "!!float 1.5:30",
        "!!float .",
        "!!float 1e",
        "!!bool maybe",
        "!!bool YeS",
        "!!bool \"\\u212a\"",
        "!!null a",
        "!!binary \"ä\"",
        "!!binary \"aäö\"",
        "!!binary \"a😀\"",
        "!!binary a",
        "!!binary aG",
        "!!binary aGk",
        "!!binary aGk==x",
        "!!binary \"a=Gk\"",
        "!!binary a===",
        "!!binary \"a G-k=\"",
        "!!binary YWJjZ",
        "!!timestamp 2026-1-2",
        "!!timestamp x",
        "!!timestamp 2026-11-22T1:2:3",
        "!!timestamp \"2026-11-22\\n\"",
        "0000-01-01",
        "2026-00-01",
        "2026-02-29",
        "2024-02-29",
        "1900-02-29",
        "2026-01-01 24:00:00",
        "2026-01-01 1:60:00",
        "2026-01-01 1:00:60",
        "2026-01-01 1:00:00 +24",
        "2026-01-01 1:00:00 -99:99",
        "2026-01-01 1:00:00 +24:30",
        "2026-01-01 1:00:00-0:30",
        "2026-13-01 1:00:00 +99",
        "2026-01-01T1:00:00.1234567Z",
        "2026-01-01 \t1:00:00.\tZ",
        "\"\\U00110000\"",
        "\"\\UFFFFFFFF\"",
        "\"\\ud83d\\ude00\"",
        "\"\\xg\"",
        "\"\\u12\"",
        "\"\\U0000123",
        "\"\\\u{a0}\"",
        "\"\\",
        "\"\\'\"",
        "\"a\\\n  b\\\n\n c\"",
        "a\u{7}",
        "ä\u{0}b",
        "a: \u{FFFE}",
        "\u{FEFF}a",
        "a\n\u{FEFF}b",
        "\u{FEFF}\u{FEFF}a",
        "\u{FEFF}---\u{85}b",
        "'\n\u{FEFF}--- '",
        "\u{FEFF}: a\n\u{FEFF}: b",
        "%YAML 1.1\n%YAML 1.1\n---",
        "%YAML 01.5\n--- a",
        "%YAML 2.0\n---",
        "%YAML 1.1",
        "%YAML 1\n---",
        "%YAML x\n---",
        "%YAML 1.1x\n---",
        "%YAML 1.1 x\n---",
        "%TAG ! tag:a,1:\n%TAG ! tag:b,1:\n--- !x y",
        "%TAG !e! tag:yaml.org,2002:\n--- !e!int 5",
        "%TAG !e tag:a\n---",
        "%TAG x\n---",
        "%TAG !e!\n---",
        "%TAG !e!x\n---",
        "%TAG !e! %c3%a4\n--- !e!x y",
        "%TAG !e! a{\n---",
        "%\n---",
        "%é\n---",
        "%FOO\tbar\n---",
        "%FOO bar # baz\n--- a",
        "%FOO\n%FOO\na",
        "a\n%FOO\n---",
        "--- a\n%FOO",
        "%YAML 1.1\t\n---",
        "!e!x y",
        "&a !e!x 'y",
        "&a !e!x &b c",
        "!<x y>",
        "!<> y",
        "!<x",
        "!a!b!c d",
        "!\tx",
        "!x\ty",
        "!!str\ty",
        "!!str,",
        "[!!str, a]",
        "[!!str a]",
        "!%41 b",
        "!%zz",
        "!%4",
        "!%",
        "!x%ff%fe",
        "!x%e4%b8",
        "!x%c3%28",
        "!x%ed%a0%80",
        "!x{",
        "a: b\n---\nc",
        "---\n---",
        "--- a\n...\n...\n",
        "...",
        "--- a\n... b",
        "a\n...\nb",
        "a\n...\n'b",
        "a\n...\n@",
        "--- &x a\n--- b",
        "a: b\n...\n%YAML 1.1\n--- c",
        "a: b\n...\n%YAML 1.1\nc",
        "[a",
        "{a",
        "{a: ",
        "[a}",
        "{a]",
        "]",
        "'a' ]",
        "a: 1\n[x",
        "a: 1\n'x",
        "a: 1\n\"x\"",
        "a: 1\nx\ny",
        "- a\nb",
        "a:\n- b\nc",
        "a: b: c",
        "a: 'b': c",
        "- - a\n - b",
        "a:\n  b\n c: d",
        "- a: b\n  - c",
        "[a, [b], {c}, ? d, ? , : e, f: ]",
        "[? a: b, : c]",
        "[a: , b]",
        "{? }",
        "{: a}",
        "{a b, c:d, e:, f:}",
        "[a?b]",
        "[?a]",
        "[-, -a, - b]",
        "[:a]",
        "[a:b, c:[d], e:]",
        "[a]: b",
        "{a}: b",
        "[a\n]: b",
        "? - a\n: - b",
        "\ta: b",
        "a:\tb",
        "- a\tb",
        "-\ta",
        "a\n\tb",
        "a \tb",
        "|\n\ta",
        "|\t\na",
        "| x\na",
        "|2x\n",
        "|0\n",
        "|-0\n",
        "|+1-\n",
        "|1\n a\n  b\n",
        "|\n   \n a",
        ">\n\n a\n  b\n c\n\n\n",
        "|+\n a\n\n",
        "- |\n a\n- >-\n b\n",
        "a: &x b\nc: &x d",
        "a: *x",
        "*x",
        "*",
        "&",
        "& a",
        "&a",
        "&a*",
        "&ä b",
        "*a b",
        "{*a}",
        "{*a : b}",
        "&a &b c",
        "!x !y z",
        "*a\n---",
        "&a a\n--- *a",
    ];
    texts.extend(cases.map(str::to_owned));
    texts
}

#[test]
fn verdict_words_places_and_values_are_those_of_pyyaml() {
    let Some(python) = python() else { return skip(MISSING) };
    let mut all = texts().expect("the suites");
    assert!(all.len() > 700);
    let pieces = [PIECES, VALUES].concat();
    let mut random = Random(7);
    let originals = all.clone();
    all.extend(special());
    all.extend((0..MUTATIONS.count()).map(|_| mutation(&originals, &pieces, &mut random)));
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(workers);
    let outcome = std::thread::scope(|scope| {
        let shares: Vec<_> =
            all.chunks(share).map(|texts| scope.spawn(|| compare_all(&python, texts))).collect();
        shares.into_iter().map(|worker| worker.join().expect("Python answers")).reduce(Outcome::and)
    });
    let Outcome { counts, differences } = outcome.expect("texts");
    assert!(
        differences.is_empty(),
        "{} differences, such as\n{}",
        differences.len(),
        differences[..differences.len().min(MOST_SHOWN)].join("\n")
    );
    println!("{counts:?}");
    for (outcome, share) in
        [("value", 5), ("Parser", 5), ("Constructor", 100), ("Reader", 300), ("crash", 600)]
    {
        assert!(counts[outcome] > MUTATIONS.count() / share, "{counts:?}");
    }
}

/// What the comparison found.
#[derive(Default)]
struct Outcome {
    /// How often each verdict was the same.
    counts: HashMap<String, usize>,
    differences: Vec<String>,
}

impl Outcome {
    fn and(mut self, other: Self) -> Self {
        for (verdict, count) in other.counts {
            *self.counts.entry(verdict).or_default() += count;
        }
        self.differences.extend(other.differences);
        self
    }
}

fn compare_all(python: &Path, texts: &[String]) -> Outcome {
    let mut peer = Peer::start(python);
    let mut outcome = Outcome::default();
    for batch in texts.chunks(BATCH) {
        for (text, theirs) in batch.iter().zip(peer.ask(batch)) {
            let ours = answer(text);
            if ours != theirs {
                outcome.differences.push(format!("for {text:?}\nPyYAML: {theirs}\nours:   {ours}"));
            }
            let verdict = ours.split_once(' ').map_or(&*ours, |(verdict, _)| verdict);
            *outcome.counts.entry(verdict.to_owned()).or_default() += 1;
        }
    }
    outcome
}

/// Our answer in the form that the script gives PyYAML's in.
fn answer(text: &str) -> String {
    let limits = Limits { depth: usize::MAX, ..Limits::default() };
    let parsed = parse(text.as_bytes(), text, Dialect::PyYaml, &limits);
    assert_eq!(parsed.limit, None, "{text:?}");
    if let Some(answer) = fault(text, parsed.error.as_ref(), parsed.crash.as_ref()) {
        return answer;
    }
    let loaded = load(&parsed.tree, &limits);
    assert_eq!(loaded.limit, None, "{text:?}");
    fault(text, loaded.error.as_ref(), loaded.crash.as_ref()).unwrap_or_else(|| {
        let mut shown = String::from("value ");
        match parsed.tree.root() {
            Some(root) => {
                Shown { tree: &parsed.tree, loaded: &loaded, seen: HashMap::new() }.node(root, &mut shown)
            }
            None => shown.push_str("null"),
        }
        shown
    })
}

fn fault(text: &str, error: Option<&SyntaxError>, crash: Option<&Crash>) -> Option<String> {
    if let Some(Crash { message, .. }) = crash {
        let recursion = "RecursionError";
        let shown = if message.starts_with(recursion) { recursion } else { message };
        return Some(format!("crash {shown}"));
    }
    let error = error?;
    assert!(text.is_char_boundary(error.place) && text.is_char_boundary(error.noticed));
    let stage = match error.stage {
        Stage::Reader => "Reader",
        Stage::Parser => "Parser",
        Stage::Constructor => "Constructor",
    };
    let index = |offset: usize| text[..offset].chars().count();
    let json = |text: &str| {
        // Python escapes what is not ASCII.
        let mut shown = serde_json::to_string(text).expect("JSON").replace('\u{7f}', "\u{7f}");
        if !shown.is_ascii() {
            shown = shown.chars().fold(String::new(), |mut shown, char| {
                if char.is_ascii() {
                    shown.push(char);
                } else {
                    let units = char.encode_utf16(&mut [0; 2]).to_vec();
                    units.iter().for_each(|unit| write!(shown, "\\u{unit:04x}").expect("text"));
                }
                shown
            });
        }
        shown
    };
    let context = match &error.context {
        Some((words, begun)) => format!("{}, {}", json(words), index(*begun)),
        None => "null, null".to_owned(),
    };
    Some(format!("{stage} [{context}, {}, {}]", json(&error.message), index(error.noticed)))
}

/// Values with their types. Lists and the like have numbers, so that loops end.
struct Shown<'t> {
    tree: &'t Tree,
    loaded: &'t Loaded,
    seen: HashMap<NodeId, usize>,
}

impl Shown<'_> {
    fn node(&mut self, id: NodeId, shown: &mut String) {
        let value = self.loaded.value(id).expect("a value");
        if let Value::Scalar { scalar, text } = value {
            let text = self.tree.node(*text).text().unwrap_or_default();
            return shown.push_str(&scalar_text(scalar, text));
        }
        let number = self.seen.len();
        let target = self.tree.resolve(id).expect("an anchor");
        if let Some(number) = self.seen.get(&target) {
            return write!(shown, "*{number}").expect("text");
        }
        self.seen.insert(target, number);
        match value.clone() {
            Value::Scalar { .. } => {}
            Value::List(items) => {
                self.all("[", &items, "]", shown, |this, item, shown| this.node(*item, shown))
            }
            Value::Dict(entries) => self.all("{", &entries, "}", shown, |this, entry, shown| {
                this.node(entry.key, shown);
                shown.push_str(": ");
                this.node(entry.value, shown);
            }),
            Value::Set(keys) => {
                let mut keys: Vec<String> = keys
                    .into_iter()
                    .map(|key| {
                        let mut shown = String::new();
                        self.node(key, &mut shown);
                        shown
                    })
                    .collect();
                keys.sort();
                self.all("set(", &keys, ")", shown, |_, key, shown| shown.push_str(key));
            }
            Value::Pairs(pairs) => self.all("[", &pairs, "]", shown, |this, pair, shown| {
                shown.push('(');
                this.node(pair.key, shown);
                shown.push_str(", ");
                this.node(pair.value, shown);
                shown.push(')');
            }),
        }
    }

    fn all<T>(
        &mut self,
        open: &str,
        items: &[T],
        close: &str,
        shown: &mut String,
        show: impl Fn(&mut Self, &T, &mut String),
    ) {
        shown.push_str(open);
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                shown.push_str(", ");
            }
            show(self, item, shown);
        }
        shown.push_str(close);
    }
}

fn scalar_text(scalar: &Scalar, text: &str) -> String {
    match scalar {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Int(int) => int.to_string(),
        Scalar::BigInt(digits) if digits.trim_start_matches('-').len() > MOST_DIGITS => "huge".to_owned(),
        Scalar::BigInt(digits) => digits.to_string(),
        Scalar::Float(float) if float.is_nan() => "nan".to_owned(),
        Scalar::Float(float) => format!("float {:016x}", float.to_bits()),
        Scalar::Date(date) => format!("{:04}-{:02}-{:02}", date.year, date.month, date.day),
        Scalar::DateTime(time) => time_text(time),
        Scalar::Binary(bytes) => {
            bytes.iter().fold("bytes ".to_owned(), |shown, byte| shown + &format!("{byte:02x}"))
        }
        Scalar::Text => format!("text {text}"),
        Scalar::Uint(_) | Scalar::Timestamp | Scalar::Merge => format!("{scalar:?}"),
    }
}

fn time_text(time: &DateTime) -> String {
    let DateTime { date, hour, minute, second, microsecond, offset } = time;
    let zone = offset.map_or_else(String::new, |offset| format!(" {offset}"));
    let date = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    format!("{date}T{hour:02}:{minute:02}:{second:02}.{microsecond:06}{zone}")
}
