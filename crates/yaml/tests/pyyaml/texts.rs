//! The texts to compare: damaged ones, and those that chance does not find.

use dryboot_testing::Random;

use crate::common::damage;

/// How many lines of a text are damaged at once. PyYAML takes a second for 100 KB.
const LINES: usize = 8;

/// What damaged texts get more of: what PyYAML makes values of.
pub(crate) const VALUES: &[&str] = &[
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

/// Some lines of a text, damaged, or a text of nothing but pieces.
pub(crate) fn mutation(texts: &[String], pieces: &[&str], random: &mut Random) -> String {
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
pub(crate) fn special() -> Vec<String> {
    // Half of a surrogate pair in what Python complains about.
    let mut texts = vec!["a: !!int \"1\\ud80000\"\n".to_owned()];
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
    let cases: Vec<String> = serde_json::from_str(include_str!("cases.json")).expect("a list of texts");
    texts.extend(cases);
    texts
}
