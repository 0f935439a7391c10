use dryboot_yaml::python::{self, Value};
use dryboot_yaml::values::{Budget, build, effective_entries};
use dryboot_yaml::{Content, Dialect, Limits, NodeId, Parsed, Span, SyntaxError, Tree, go_syntax, parse};

/// Reads a text in every dialect: spans lie in the text and between characters, the tree is well
/// formed, and building its values comes to an end.
pub fn yaml(data: &[u8]) {
    let envelope = dryboot_coreos::envelope::opened(data.into());
    let (text, bytes) = (envelope.text.as_str(), &*envelope.bytes);
    for dialect in [Dialect::GoYamlV1, Dialect::GoYamlV3] {
        let parsed = read(bytes, text, dialect);
        let built = build(&parsed.tree, dialect);
        assert!(built.duplicates.iter().all(|pair| pair.first < pair.again));
        let mut budget = Budget::new(10_000);
        for id in parsed.tree.ids().take(1000) {
            let _ = effective_entries(&parsed.tree, id, dialect, &mut budget);
        }
        if let Some(root) = parsed.tree.root() {
            let _ = go_syntax::dump(&parsed.tree, root, dialect);
        }
    }
    load(&read(bytes, text, Dialect::PyYaml).tree, text);
}

fn read(bytes: &[u8], text: &str, dialect: Dialect) -> Parsed {
    let parsed = parse(bytes, text, dialect, &Limits::default());
    let is_whole = parsed.error.is_none() && parsed.limit.is_none();
    check_tree(&parsed.tree, text, is_whole);
    if let Some(error) = &parsed.error {
        check_error(error, text);
    }
    if let Some(limit) = &parsed.limit {
        check_span(limit.span, text);
    }
    parsed
}

fn check_error(error: &SyntaxError, text: &str) {
    assert!(error.place <= text.len() && text.is_char_boundary(error.place), "{error:?}");
    assert!(!error.message.is_empty());
}

/// Builds the values that PyYAML builds: of equal keys there is one.
fn load(tree: &Tree, text: &str) {
    let loaded = python::load(tree, &Limits::default());
    if let Some(error) = &loaded.error {
        check_error(error, text);
    }
    assert!(loaded.equal_keys(tree).iter().all(|pair| pair.first < pair.again));
    for id in tree.ids() {
        if let Some(Value::Dict(entries)) = loaded.value(id) {
            let keys: Vec<_> = entries.iter().filter_map(|entry| loaded.key(tree, entry.key)).collect();
            assert!(keys.len() <= entries.len());
        }
    }
}

fn check_span(span: Span, text: &str) {
    assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{span:?}");
}

fn check_tree(tree: &Tree, text: &str, is_whole: bool) {
    let mut parents = vec![0_u32; tree.len()];
    let ids: Vec<NodeId> = tree.ids().collect();
    let index = |id: NodeId| ids.binary_search(&id).expect("a node of the tree");
    assert!(tree.root().is_none_or(|root| index(root) < ids.len()));
    let mut within = |id: NodeId, child: NodeId| {
        assert!(id < child, "{child:?} comes before {id:?}, which holds it");
        let (at, child_at) = (index(id), index(child));
        assert!(child_at + tree.size(child) <= at + tree.size(id), "{id:?} is smaller than {child:?}");
        parents[child_at] += 1;
    };
    for &id in &ids {
        let node = tree.node(id);
        check_span(node.span, text);
        match &node.content {
            Content::Sequence(items) => {
                for item in items {
                    assert!(item.start <= text.len() && text.is_char_boundary(item.start), "{item:?}");
                    within(id, item.value);
                }
            }
            Content::Mapping(entries) => {
                for entry in entries {
                    within(id, entry.key);
                    within(id, entry.value);
                }
            }
            Content::Alias { target, .. } => {
                assert!(target.is_none_or(|target| target <= id), "an alias leads ahead");
            }
            Content::Scalar { .. } => {}
        }
    }
    assert!(parents.iter().all(|&parents| parents <= 1), "a node stands in two places");
    // Around a fault, some lose theirs.
    if is_whole {
        let roots = parents.iter().filter(|&&parents| parents == 0).count();
        assert_eq!(roots, usize::from(tree.root().is_some()));
    }
    let mut end = 0;
    for comment in &tree.comments {
        check_span(comment.span, text);
        assert!(comment.span.start >= end, "comments are in order");
        end = comment.span.end;
    }
}
