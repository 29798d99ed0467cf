//! Pages: what is story, what the metadata says, where each block stands.

use super::*;

const PAGE: &str = include_str!("../../tests/pages/article.html");

fn draft(page: &str) -> Draft {
    read(page, None, &Limits::default()).unwrap()
}

fn lines(draft: &Draft) -> Vec<(BlockKind, &str)> {
    draft.blocks.iter().map(|b| (b.kind, b.extent.of(&draft.text).unwrap())).collect()
}

/// The text of the element or attribute that a path names, by nothing but the path.
fn follow(page: &dom_query::Document, path: &str) -> String {
    let mut node = page.root();
    for step in path.split('/').skip(1) {
        if let Some(attribute) = step.strip_prefix('@') {
            return node.attr(attribute).unwrap().to_string();
        }
        let (name, nth) = match step.split_once('[') {
            Some((name, nth)) => (name, nth.trim_end_matches(']').parse().unwrap()),
            None => (step, 1),
        };
        let same: Vec<_> =
            node.children().into_iter().filter(|child| child.has_name(name)).collect();
        assert!(same.len() == 1 || step.contains('['), "{path} is not one element");
        node = same[nth - 1];
    }
    node.text().to_string()
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"')).collect()
}

#[test]
fn a_path_followed_in_the_original_gives_the_block_s_text() {
    let page = dom_query::Document::from(PAGE);
    let draft = draft(PAGE);
    assert_eq!(draft.origins.len(), draft.blocks.len());
    for (origin, block) in draft.origins.iter().zip(&draft.blocks) {
        assert_eq!((origin.start, origin.end), (block.extent.start, block.extent.end));
        let words = bare(block.extent.of(&draft.text).unwrap());
        let original = bare(&follow(&page, &origin.path));
        // An item's own words may be followed by those of a list inside it.
        let whole = original == words;
        assert!(
            whole || (block.kind == BlockKind::ListItem && original.starts_with(&words)),
            "{}: {words} against {original}",
            origin.path
        );
    }
}

#[test]
fn an_article_is_read_without_what_stands_around_it() {
    use BlockKind::{Caption, Heading, ListItem, Paragraph, Quote, Title};
    let draft = draft(PAGE);
    let read = lines(&draft);
    let kinds: Vec<_> = read.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            Title, Caption, Paragraph, Paragraph, Heading, Paragraph, Quote, Paragraph, ListItem,
            ListItem, ListItem, ListItem, ListItem, ListItem, ListItem, Heading, Paragraph
        ]
    );
    let text = &draft.text;
    for absent in ["var x", "color", "Most read", "First!", "Sport", "All rights", "Search"] {
        assert!(!text.contains(absent), "{absent} is read");
    }
    assert!(text.contains("in a statement,\nwhich it sent"), "a break parts lines");
    assert!(text.contains("that “nobody knows” when"), "a quotation is marked");
    assert!(text.contains("and that the ministry would"), "the words of a link stay");
    assert!(text.contains("2024\t251"), "a row is one block");
}

#[test]
fn metadata_comes_from_json_ld_first() {
    let Draft { metadata, .. } = draft(PAGE);
    assert_eq!(metadata.title.as_deref(), Some("Port of Kesh closed after storm"));
    assert_eq!(metadata.byline.as_deref(), Some("Ana Dell, Tom Orr"));
    assert_eq!(metadata.outlet.as_deref(), Some("The Oland Mail"));
    assert_eq!(metadata.published.as_deref(), Some("2025-03-04T10:30:00+02:00"));
    assert_eq!(metadata.url.as_deref(), Some("https://mail.example/2025/03/04/port-closed"));
}

#[test]
fn without_json_ld_meta_and_time_speak() {
    let page = r#"<html lang="en"><head><title>Wall | Oland Mail</title>
        <meta property="og:site_name" content="Oland Mail"><meta name="author" content="Ana Dell">
        <meta property="og:url" content="https://mail.example/wall"></head>
        <body><nav><time datetime="2020-01-01">old</time></nav><article><h1>Wall to be built</h1>
        <time datetime="2025-03-04">4 March</time>
        <p>The wall of Kesh is to be built again, the town said.</p></article></body></html>"#;
    let Draft { metadata, text, .. } = draft(page);
    assert_eq!(metadata.title.as_deref(), Some("Wall to be built"));
    assert_eq!(metadata.byline.as_deref(), Some("Ana Dell"));
    assert_eq!(metadata.outlet.as_deref(), Some("Oland Mail"));
    assert_eq!(metadata.published.as_deref(), Some("2025-03-04"));
    assert_eq!(metadata.claimed.as_deref(), Some("en"));
    assert!(text.starts_with("Wall to be built\n\n"));
}

#[test]
fn a_title_that_no_heading_prints_comes_from_the_head_with_its_path() {
    let page = "<title>Wall of Kesh | Oland Mail</title><meta property='og:site_name' \
                content='Oland Mail'><p>The wall of Kesh is to be built again, they said.";
    let draft = draft(page);
    assert_eq!(draft.origins[0].path, "/html/head/title");
    assert_eq!(lines(&draft)[0], (BlockKind::Title, "Wall of Kesh"));
}

#[test]
fn pages_without_paragraphs_are_read_by_their_breaks() {
    let page = "<body><font size=2>The port of Kesh was closed on Tuesday.<br>\nIt was late.<br><br>\
                Nobody was hurt.</font>";
    let draft = draft(page);
    let words: Vec<_> = lines(&draft).into_iter().map(|(_, words)| words).collect();
    assert_eq!(
        words,
        ["The port of Kesh was closed on Tuesday.\nIt was late.", "Nobody was hurt."]
    );
}

#[test]
fn a_bold_line_is_a_crosshead() {
    let page = "<p>The port was closed, the town of Kesh said.<p><b>Two cranes</b><p>They fell.";
    assert_eq!(lines(&draft(page))[1], (BlockKind::Heading, "Two cranes"));
}

#[test]
fn nothing_is_lost_where_no_main_content_is_found() {
    let draft = draft("<ul><li>One</li><li>Two</li></ul><script>three()</script>");
    assert_eq!(lines(&draft), [(BlockKind::ListItem, "One"), (BlockKind::ListItem, "Two")]);
    let refused = read("<script>three()</script>", None, &Limits::default()).unwrap_err();
    assert_eq!(refused.kind(), "no-text");
}

#[test]
fn deep_nesting_is_refused_before_it_costs() {
    for tag in
        ["div", "b", "span", "ul><li", "table><tr><td", "blockquote", "font color=red", "svg"]
    {
        let open = format!("<{tag}>").repeat(100_000);
        let refused = read(&format!("{open}words"), None, &Limits::default()).unwrap_err();
        assert_eq!(refused.kind(), "too-deep", "{tag}");
    }
    // These close themselves: the page is flat.
    for tag in ["p", "li", "a href=x", "td", "br"] {
        let open = format!("<{tag}>").repeat(100_000);
        assert!(read(&format!("{open}words"), None, &Limits::default()).is_ok(), "{tag}");
    }
}

#[test]
fn a_text_of_escapes_only_is_read() {
    let page = format!("<p>words {}", "&amp;".repeat(1_000_000));
    assert_eq!(draft(&page).text.len(), 1_000_006);
}

#[test]
fn a_page_within_the_depth_is_read_and_one_beyond_it_is_not() {
    let nested =
        |depth: usize| format!("{}words of it{}", "<div>".repeat(depth), "</div>".repeat(depth));
    let limits = Limits { depth: 40, ..Limits::default() };
    assert!(read(&nested(30), None, &limits).is_ok());
    assert_eq!(read(&nested(60), None, &limits).unwrap_err().kind(), "too-deep");
}

#[test]
fn tags_left_open_do_not_grow_a_page() {
    let open: String = (0..400).map(|n| format!("<b id=b{n}>")).collect();
    let page = format!("<p>{open}{}", "<p>x".repeat(50_000));
    assert_eq!(read(&page, None, &Limits::default()).unwrap_err().kind(), "too-deep");
}
