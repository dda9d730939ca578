//! Markdown → one HTML page with its pictures inside.

use base64::{Engine, engine::general_purpose::STANDARD};
use pulldown_cmark::{CowStr, Event, Parser, Tag, html};
use zicha_model::results::Tool;

const STYLE: &str = "body{font:16px/1.7 'Noto Serif SC',SimSun,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222}\
h1,h2{font-family:'Noto Sans SC',SimHei,sans-serif;line-height:1.3}h1{font-size:1.7em}h2{font-size:1.2em;margin-top:1.6em}\
code,pre{font-family:Consolas,'Noto Sans Mono',monospace;background:#f2f4f6}pre{padding:.7em 1em;overflow:auto}\
img{max-width:100%;border:1px solid #ccc}footer{margin-top:2em;color:#666;font-size:.85em}";

/// The page. The text is ours; no HTML in it is passed on.
pub(super) fn render(title: &str, text: &str, pictures: &[(&str, &[u8])]) -> String {
    let events = Parser::new(text).map(|event| match event {
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Event::Start(Tag::Image {
            link_type,
            dest_url: inside(&dest_url, pictures),
            title,
            id,
        }),
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut body = String::new();
    html::push_html(&mut body, events);
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<style>{STYLE}</style>\n{body}<footer>{}</footer>\n</html>\n",
        Tool::this().label()
    )
}

/// The picture as part of the page.
fn inside<'a>(name: &str, pictures: &[(&str, &[u8])]) -> CowStr<'a> {
    let picture = pictures.iter().find(|(known, _)| *known == name);
    let data =
        picture.map(|(_, bytes)| format!("data:image/png;base64,{}", STANDARD.encode(bytes)));
    data.unwrap_or_default().into()
}
