//! The file tree beside what Linux does.

use dryboot_systemd::Release;

use super::*;
use crate::image::ImageUnits;

const IMAGE: Image = Image {
    directories: &["/", "/usr", "/usr/share", "/usr/bin"],
    read_only: &["/usr"],
    devices: &[],
    files: &[],
    accounts: &[],
    units: ImageUnits {
        release: Release(257),
        files: "",
        others: "",
        gone: &[],
        backbone: &[],
        devices: &[],
    },
};

pub(crate) fn tree(entries: &[(&str, Node)]) -> FileTree {
    let mut tree = FileTree::of(&IMAGE);
    for (path, node) in entries {
        tree.place(path, node.clone());
    }
    tree
}

#[test]
fn links_are_followed_and_loops_end() {
    let tree = tree(&[
        ("/data/real/file", Node::File(b"x".to_vec())),
        ("/data/link", Node::Symlink("real".to_owned())),
        ("/loop", Node::Symlink("/loop".to_owned())),
        ("/dangling", Node::Symlink("/nowhere".to_owned())),
    ]);
    assert_eq!(tree.read("/data/link/file"), Some(&b"x"[..]));
    assert_eq!(tree.stat("/loop"), Err(Errno::TooManyLinks));
    assert_eq!(tree.stat("/dangling"), Err(Errno::Missing));
    assert_eq!(tree.stat("/data/link/file/below"), Err(Errno::NotADirectory));
}

#[test]
fn usr_is_read_only_by_every_road() {
    let mut tree = tree(&[("/u", Node::Symlink("/usr/share".to_owned()))]);
    assert!(!tree.is_writable("/u"));
    assert!(tree.is_writable("/usrlocal/.."));
    let error = tree.make_directories("/u/new/deep").expect_err("read-only");
    assert_eq!(error.to_string(), "/u/new: read-only file system");
}

#[test]
fn lengths_are_those_of_linux() {
    let mut tree = FileTree::of(&IMAGE);
    let deep = "/a".repeat(40_000);
    let error = tree.make_directories(&deep).expect_err("too long");
    assert_eq!(error, PathError { path: "/a".repeat(2048), errno: Errno::NameTooLong });
    assert_eq!(tree.stat(&"/a".repeat(2047)), Ok(&Node::Directory));
    assert_eq!(tree.stat(&deep), Err(Errno::NameTooLong));
    let name = "n".repeat(256);
    let error = tree.make_directories(&format!("/b/{name}/c")).expect_err("too long");
    assert_eq!(error, PathError { path: format!("/b/{name}"), errno: Errno::NameTooLong });
    assert_eq!(tree.stat(&format!("/b/{name}")), Err(Errno::NameTooLong));
    assert_eq!(tree.stat(&format!("/b/{}", &name[1..])), Err(Errno::Missing));
    assert_eq!(
        tree.replace(&format!("/b/{name}"), Vec::new(), Mode::DEFAULT, None, 0),
        Err(Errno::NameTooLong)
    );
}

#[test]
fn links_lead_on_from_where_they_stand() {
    let deep = "/a".repeat(2000);
    let tree = tree(&[
        (&format!("{deep}/x"), Node::File(b"x".to_vec())),
        ("/up", Node::Symlink("a/./../a//a".to_owned())),
        (&format!("{deep}/self"), Node::Symlink("/up/..".to_owned())),
    ]);
    assert_eq!(tree.stat("/up/a"), Ok(&Node::Directory));
    assert_eq!(tree.stat(&format!("{deep}/self/a/a/a")), Ok(&Node::Directory));
    assert_eq!(tree.stat("/up/../../../up"), Ok(&Node::Directory));
}

#[test]
fn a_tree_holds_no_more_paths_than_fit() {
    let mut tree = FileTree::of(&IMAGE);
    let refused =
        (0..100).find_map(|top| tree.make_directories(&format!("/{top}{}", "/a".repeat(2000))).err());
    assert!(refused.is_some_and(|error| error.errno == Errno::TooManyPaths));
}

#[test]
fn only_empty_directories_can_be_removed() {
    let mut tree = tree(&[("/d/f", Node::File(Vec::new())), ("/d-e", Node::Directory)]);
    assert_eq!(tree.remove("/d"), Err(Errno::NotEmpty));
    assert_eq!(tree.remove("/d/f"), Ok(()));
    assert_eq!(tree.remove("/d"), Ok(()));
    assert_eq!(tree.remove("/d"), Err(Errno::Missing));
}

#[test]
fn what_belongs_to_the_image_stays_when_a_directory_is_cleared() {
    let mut tree = tree(&[("/run/a/b", Node::File(Vec::new())), ("/run/a-b", Node::Directory)]);
    tree.place_stock("/run/own/x", Node::File(Vec::new()), Mode::DEFAULT, None);
    tree.change_mode("/run/own", Mode::DIRECTORY).expect("it is there");
    tree.place("/run/own/new", Node::Directory);
    tree.place("/runner/a", Node::Directory);
    assert_eq!(
        tree.below("/run"),
        ["/run/a", "/run/a-b", "/run/a/b", "/run/own", "/run/own/new", "/run/own/x"]
    );
    tree.clear("/run");
    assert_eq!(tree.below("/run"), ["/run/own", "/run/own/x"]);
    assert!(tree.stat("/runner/a").is_ok());
    assert_eq!(tree.remove("/"), Err(Errno::NotEmpty));
}
