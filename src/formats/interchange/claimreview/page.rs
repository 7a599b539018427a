//! The data for machines in a web page: its blocks of JSON-LD.

/// The most bytes of a tag that are read.
const LONGEST_TAG: usize = 2000;

/// Whether a page has a block of JSON-LD.
pub fn has_data(page: &str) -> bool {
    page.trim_start().starts_with('<') && !data(page).is_empty()
}

/// The contents of the blocks, in their order.
pub fn data(page: &str) -> Vec<String> {
    let lower = page.to_ascii_lowercase();
    let (mut blocks, mut at) = (Vec::new(), 0);
    while let Some(found) = lower[at..].find("<script") {
        let tag = at + found;
        let Some(len) = lower.as_bytes()[tag..].iter().take(LONGEST_TAG).position(|b| *b == b'>') else {
            at = tag + "<script".len();
            continue;
        };
        let start = tag + len + 1;
        let end = lower[start..].find("</script").map_or(page.len(), |n| start + n);
        if lower[tag..start].contains("application/ld+json") {
            blocks.push(bare(&page[start..end]).to_owned());
        }
        at = end;
    }
    blocks
}

/// A block without the marks of a comment or of character data around it.
fn bare(block: &str) -> &str {
    let block = block.trim();
    let opened = ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["]
        .iter()
        .find_map(|o| block.strip_prefix(o))
        .unwrap_or(block);
    let closed =
        ["//-->", "-->", "//]]>", "/*]]>*/", "]]>"].iter().find_map(|c| opened.trim_end().strip_suffix(c));
    closed.unwrap_or(opened).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_data_of_a_page_is_found() {
        let page = "<!DOCTYPE html><SCRIPT TYPE='application/ld+json' id=x><!-- {\"a\": 1} --></SCRIPT><script>no()</script>\
            <script type=\"application/ld+json\">{\"b\": 2}</script><script";
        assert_eq!(data(page), ["{\"a\": 1}", "{\"b\": 2}"]);
        assert!(has_data(page) && !has_data("<p>application/ld+json</p>"));
    }
}
