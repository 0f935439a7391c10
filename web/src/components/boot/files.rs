//! The files of the machine: a tree, and the one that is chosen.

use std::rc::Rc;

use dryboot_wasm::protocol::boot::File;
use yew::prelude::*;

use super::file::file;
use super::file_tree::FileTree;
use crate::boot::preview::Preview;
use crate::session::Session;

#[derive(PartialEq, Properties)]
pub(crate) struct FilesProps {
    pub(crate) session: Session,
    pub(crate) preview: Rc<Preview>,
    /// Effects of the line with the cursor.
    pub(crate) marked: Rc<[u32]>,
    /// The file that is shown; it stays the same while the text changes.
    pub(crate) path: Option<AttrValue>,
    pub(crate) choose: Callback<AttrValue>,
}

#[component]
pub(crate) fn Files(props: &FilesProps) -> Html {
    let FilesProps { session, preview, marked, path, choose } = props;
    let files = &preview.machine().files;
    if files.is_empty() {
        return html! { <p class="nothing">{t!("The boot does not write any files.")}</p> };
    }
    let chosen = path.as_ref().and_then(|path| files.iter().find(|file| file.path == **path));
    let chosen = chosen.or_else(|| first(files));
    html! {
        <div class="files">
            <FileTree preview={Rc::clone(preview)} marked={Rc::clone(marked)} choose={choose.clone()}
                chosen={chosen.map(|file| AttrValue::from(file.path.clone()))} />
            { for chosen.map(|chosen| file(session, preview, chosen)) }
        </div>
    }
}

/// What to show at first: something that the boot has written.
fn first(files: &[File]) -> Option<&File> {
    let is_written = |file: &&File| file.effect.is_some() && file.kind == "file";
    files.iter().find(is_written).or_else(|| files.iter().find(|file| file.kind != "directory"))
}
