"""Renews the pictures of the README: a real server, simulated participants, a real browser, the real report.

    .venv/bin/python tools/pictures.py

Needs what the tests need (chromium, poppler-utils). Writes docs/images/.
"""

import asyncio
import random
import subprocess
import tempfile
from pathlib import Path

from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, async_playwright

from edp_app.cli_formats import read_format
from edp_app.cli_rehearse import demo_texts, demo_workshop, opened, prepare
from edp_app.config import from_environment
from edp_app.rehearsal.facilitator import Browser, Facilitator
from edp_app.rehearsal.own_server import serving
from edp_app.rehearsal.phone import Pace
from edp_app.rehearsal.play import Room

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
LOGIN = "pictures"
PEOPLE = 31
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


async def page_at(browser: Chromium, url: str, width: int, height: int, *, phone: bool = False) -> Page:
    """A page of its own visitor, who reads Spanish."""
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="es-PE",
        is_mobile=phone,
        has_touch=phone,
        device_scale_factor=2 if phone else 1,
    )
    page = await context.new_page()
    await page.goto(url)
    return page


async def save(page: Page, name: str) -> None:
    """One picture, when nothing moves any more."""
    await page.wait_for_timeout(1500)
    await page.evaluate("scrollTo(0, 0)")
    await page.screenshot(path=IMAGES / f"{name}.png")


async def join(page: Page) -> None:
    """A real visitor with a real phone comes in: civil society, from the first side of the border."""
    await page.locator('input[name="group"]').nth(3).check(force=True)
    await page.locator('input[name="territory"]').first.check(force=True)
    await page.locator("form button.button-wide").click()


async def take(url: str, code: str, password: str, pdf: Path) -> None:
    """The whole workshop, with a picture at each of its moments."""
    definition = read_format(demo_workshop())
    room = Room(url, code, definition, PEOPLE, Pace(0), 4, demo_texts())
    web = Browser(url)
    await web.log_in(LOGIN, password)
    facilitator = Facilitator(web, code, random.Random(4))  # noqa: S311  # a rehearsal, not a secret
    await facilitator.client.connect()
    everyone = asyncio.create_task(room.take_part())
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        phone = await page_at(browser, f"{url}/j/{code}", 390, 844, phone=True)
        await join(phone)
        console = await page_at(browser, f"{url}/login", 1440, 900)
        await console.fill('input[name="login"]', LOGIN)
        await console.fill('input[name="password"]', password)
        await console.keyboard.press("Enter")
        await console.wait_for_url("**/workshops**")
        await console.goto(f"{url}/workshops/{code}/console")
        screen = await page_at(browser, f"{url}/screen/{code}", 1920, 1080)
        for begun, stage in enumerate(definition.stages, start=1):
            run = await facilitator.open(stage.id)
            await facilitator.do("set_timer", run=run["run"], seconds=run["minutes"] * 60)
            await room.all_done(run["run"], begun, everyone)
            run = facilitator.client.view["now"]
            if run["kind"] == "sort":
                await facilitator.sort(run, room.repeats)
            if stage.id == "swot":
                await save(console, "console")
            if run["kind"] == "vote":
                await tap_dots(phone)
                await save(phone, "phone")
            await facilitator.close(run)
            if run["kind"] == "vote":
                await save(screen, "screen")
        await facilitator.do("end_workshop")
        await everyone
        await facilitator.report(pdf)
        await browser.close()
    await facilitator.client.close()
    await web.close()


async def tap_dots(phone: Page) -> None:
    """The visitor spends two dots."""
    more = phone.locator("#ballot button.stepper-add, #ballot button[aria-pressed]")
    for n in range(2):
        await more.nth(n).click()


def main() -> None:
    """Takes all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment({"EDP_DATA": folder})
        with opened(settings) as database:
            code, password = prepare(database, read_format(demo_workshop()), LOGIN)
        pdf = Path(folder) / "report.pdf"
        with serving(Path(folder)) as url:
            asyncio.run(take(url, code, password, pdf))
        target = IMAGES / "report"
        page = ["-r", "110", "-f", "2", "-l", "2", "-singlefile", "-png"]
        subprocess.run(["pdftoppm", *page, str(pdf), str(target)], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    main()
