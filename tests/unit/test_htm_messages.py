"""Messages are found wherever browser code has them: a missed one would stay English without a word."""

import io

import pytest

from tools.htm_messages import blank_templates, extract


def messages(source: str) -> list:
    found = extract(io.BytesIO(source.encode()), {"t": None, "tn": (1, 2)}, [], {})
    return [message for _, _, message, _ in found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('t("plain")', ["plain"]),
        ("html`<p>${t('in a template')}</p>`", ["in a template"]),
        (
            'html`<p title=${t("attribute")}>it\'s ${t("after an apostrophe")}</p>`',
            ["attribute", "after an apostrophe"],
        ),
        ('html`<p>${ok ? html`<b>${t("nested")}</b>` : t("after nested")}</p>`', ["nested", "after nested"]),
        ('html`${list.map((x) => html`<i>${t("deep {n}", { n: x })}</i>`)}${t("end")}`', ["deep {n}", "end"]),
        ('html`<p>${tn("one idea", "{n} ideas", n)}</p>`', [("one idea", "{n} ideas")]),
        ('const o = { a: `x ${ { b: 1 }.b } y` + t("braces") };', ["braces"]),
        ('// don\'t stop\nt("after a comment")', ["after a comment"]),
        ("html`a \\` ${t('escaped tick')}`", ["escaped tick"]),
        ('x.replace(/[\'"`/]/g, "") + t("after a regular expression")', ["after a regular expression"]),
        ('a / 2 / b + t("after a division")', ["after a division"]),
        ("html`cost: $5 ${t('after a dollar')}`", ["after a dollar"]),
        ('html`<p>t("no message: text of a template")</p>`', []),
        (
            't("with {a} and {b}", { a: tn("one", "{n} of them", n), b: t("an argument") })',
            ["with {a} and {b}", ("one", "{n} of them"), "an argument"],
        ),
        ('t("in " + "two parts", { a: 1 })', ["in two parts"]),
        ('tn("one", "{n} " + "of them", n)', [("one", "{n} of them")]),
        ('function t("default") {} words.t("another t"); t(variable)', []),
    ],
)
def test_messages_are_found(source, expected):
    assert messages(source) == expected


def test_lines_stay():
    source = 'const a = html`\n<p>\n${t("third")}\n</p>`;\nt("fifth");'
    assert [line for line, *_ in extract(io.BytesIO(source.encode()), {"t": None}, [], {})] == [3, 5]


@pytest.mark.parametrize("source", ["html`never closed", "html`${ open"])
def test_what_cannot_be_read_is_an_error_and_not_skipped(source):
    with pytest.raises(ValueError, match="without an end"):
        blank_templates(source)
