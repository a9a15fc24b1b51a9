package io.siaran.gateway.linking;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Chromium of this machine. What drives it brings none of its own. For the thread that started it alone. */
final class Chromium implements AutoCloseable {

    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** What somebody holds in the hand, or has on the table. */
    enum Screen {
        PHONE(390, 844),
        DESKTOP(1280, 800);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }

        private NewContextOptions options(String locale) {
            boolean isPhone = this == PHONE;
            return new NewContextOptions()
                    .setViewportSize(width, height)
                    .setDeviceScaleFactor(isPhone ? 2 : 1)
                    .setIsMobile(isPhone)
                    .setHasTouch(isPhone)
                    .setLocale(locale);
        }
    }

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Path program) {
        this.playwright = playwright;
        this.browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(program).setArgs(FLAGS));
    }

    /** Skips the test that asks, where there is none. */
    static Chromium start() {
        Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
        assumeTrue(program.isPresent(), "there is no Chromium on this machine: apt-get install chromium");
        CreateOptions options = new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        return new Chromium(Playwright.create(options), program.orElseThrow());
    }

    /** A window of somebody who never was here before. */
    Page window(Screen screen, String locale) {
        return browser.newContext(screen.options(locale)).newPage();
    }

    /** Keeps what is seen, from top to bottom, for whoever wants to look at it. */
    static void screenshot(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    void closeWindows() {
        List.copyOf(browser.contexts()).forEach(context -> context.close());
    }

    @Override
    public void close() {
        playwright.close();
    }
}
