//! Links in the pages that people read.

#[cfg(test)]
mod tests {
    use crate::workspace;
    use std::fs;
    use std::io;
    use std::path::PathBuf;

    /// The pages at the root, and those of the book.
    fn pages() -> io::Result<Vec<PathBuf>> {
        let mut pages = Vec::new();
        for folder in ["", "docs", "editors/vscode"] {
            for entry in fs::read_dir(workspace::root().join(folder))? {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "md") {
                    pages.push(path);
                }
            }
        }
        Ok(pages)
    }

    /// Where the links of a page lead, without what is on other servers or in examples.
    fn links(text: &str) -> Vec<&str> {
        let outside: Vec<&str> = text.split("```").step_by(2).collect();
        let targets = outside.into_iter().flat_map(|text| text.split("](").skip(1));
        let targets = targets.filter_map(|rest| rest.split([')', '#', ' ']).next());
        targets.filter(|target| !target.is_empty() && !target.contains(':')).collect()
    }

    #[test]
    fn every_link_leads_to_a_file() -> io::Result<()> {
        let mut checked = 0;
        for page in pages()? {
            let text = fs::read_to_string(&page)?;
            for link in links(&text) {
                let target = page.parent().map(|folder| folder.join(link));
                assert!(target.is_some_and(|target| target.exists()), "{}: {link}", page.display());
                checked += 1;
            }
        }
        assert!(checked > 30, "only {checked} links");
        Ok(())
    }

    #[test]
    fn every_page_is_in_the_book() -> io::Result<()> {
        let folder = workspace::root().join("docs");
        let summary = fs::read_to_string(folder.join("SUMMARY.md"))?;
        for page in pages()?.iter().filter(|page| page.starts_with(&folder)) {
            let name = page.file_name().unwrap_or_default().to_string_lossy();
            assert!(name == "SUMMARY.md" || summary.contains(&format!("({name})")), "{name}");
        }
        Ok(())
    }
}
