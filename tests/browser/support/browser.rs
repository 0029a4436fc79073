//! One reader's browser at one hosted dashboard, with the short verbs that tests are written in.

use super::{
    accessibility,
    chromium::{ChromeDriver, devtools, take_console},
    faults::{Fault, Faults},
    nginx::{Hosting, Nginx},
    view::{Scheme, View},
};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::{env, fs, path::PathBuf, time::Duration};

const PATIENCE: Duration = Duration::from_secs(20);
const TALLEST_SCREENSHOT: u64 = 6000;
const REMEMBER_POLICY_REPORTS: &str = "window.__policyReports = [];
    document.addEventListener('securitypolicyviolation', (event) => window.__policyReports.push(
        `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));";

/// A browser, the server it looks at, and the faults between them.
pub struct Browser {
    /// The session itself, for what has no verb here.
    pub client: Client,
    hosting: Hosting,
    faults: Faults,
    _driver: ChromeDriver,
    _server: Nginx,
}

impl Browser {
    /// Starts server and browser, with a wide and light window.
    pub async fn start(hosting: Hosting) -> Self {
        let server = Nginx::start(hosting);
        let faults = Faults::in_front_of(server.port).await;
        let driver = ChromeDriver::start();
        let client = driver.open_session().await;
        let browser = Self {
            client,
            hosting,
            faults,
            _driver: driver,
            _server: server,
        };
        browser.before_each_page(REMEMBER_POLICY_REPORTS).await;
        browser.set_view(View::WIDE).await;
        browser
    }

    /// Runs a script in each page from now on, before its own.
    pub async fn before_each_page(&self, script: &str) {
        self.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        )
        .await;
    }

    /// Answers every address that has `part` with this document from now on, whatever the server has.
    pub async fn answer(&self, part: &str, document: &Value) {
        let body = Value::from(document.to_string());
        self.before_each_page(&format!(
            "(() => {{ const fetched = window.fetch, body = {body};
                window.fetch = (request, options) => (request.url ?? String(request)).includes({part:?})
                    ? Promise.resolve(new Response(body)) : fetched(request, options);
                // Without it a document is not held against its digest, which this one does not have.
                Object.defineProperty(Crypto.prototype, 'subtle', {{ get: () => undefined }}); }})()"
        ))
        .await;
    }

    /// Changes every document from now on whose address has `part`: in the script `change` it is `document`.
    pub async fn change(&self, part: &str, change: &str) {
        self.before_each_page(&format!(
            "(() => {{ const plain = Response.prototype.arrayBuffer;
                Response.prototype.arrayBuffer = async function () {{
                    const bytes = await plain.call(this);
                    if (!this.url.includes({part:?})) return bytes;
                    const document = JSON.parse(new TextDecoder().decode(bytes));
                    {change}
                    return new TextEncoder().encode(JSON.stringify(document)).buffer;
                }};
                // As above.
                Object.defineProperty(Crypto.prototype, 'subtle', {{ get: () => undefined }}); }})()"
        ))
        .await;
    }

    /// Sets the window's size and the colour scheme of the reader's system.
    pub async fn set_view(&self, view: View) {
        let metrics = json!({ "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let scheme = match view.scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        self.set_media_features(&[("prefers-color-scheme", scheme)])
            .await;
    }

    /// Sets media features of the reader's system, as `("prefers-reduced-motion", "reduce")`. Those not named are reset.
    pub async fn set_media_features(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// Takes the browser off the network, or puts it back.
    pub async fn set_offline(&self, offline: bool) {
        self.devtools("Network.enable", json!({})).await;
        let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions)
            .await;
    }

    /// The full address of a path below the dashboard's base, as `9/packages?q=bash`; a slash in front changes nothing.
    pub fn address(&self, path: &str) -> String {
        format!(
            "http://127.0.0.1:{}{}",
            self.faults.port,
            self.below_base(path)
        )
    }

    /// Loads a path below the dashboard's base.
    pub async fn open(&self, path: &str) {
        let address = self.address(path);
        self.client
            .goto(&address)
            .await
            .unwrap_or_else(|error| panic!("{address} cannot be opened: {error}"));
    }

    /// The path below the dashboard's base, with query and fragment, that the address bar shows.
    pub async fn path(&self) -> String {
        let address = self
            .client
            .current_url()
            .await
            .expect("the page has an address");
        let base = self.address("");
        let path = address.as_str().strip_prefix(&base);
        path.unwrap_or_else(|| panic!("{address} is not below {base}"))
            .to_owned()
    }

    /// Waits until an element is shown.
    pub async fn wait_for(&self, css: &str) {
        let shown = format!(
            "[...document.querySelectorAll({css:?})].some((element) => element.checkVisibility())"
        );
        self.wait_until(&shown, &format!("{css} is shown")).await;
    }

    /// Waits until no such element is shown.
    pub async fn wait_until_gone(&self, css: &str) {
        let gone = format!(
            "![...document.querySelectorAll({css:?})].some((element) => element.checkVisibility())"
        );
        self.wait_until(&gone, &format!("{css} is gone")).await;
    }

    /// Waits until an element's text contains this.
    pub async fn wait_for_text(&self, css: &str, text: &str) {
        let contains = format!(
            "[...document.querySelectorAll({css:?})].some((element) => element.innerText.includes({text:?}))"
        );
        self.wait_until(&contains, &format!("{css} says {text:?}"))
            .await;
    }

    /// The text of the first such element, as it is shown.
    pub async fn text_of(&self, css: &str) -> String {
        let element = self.find(css).await;
        element.text().await.expect("the element is still there")
    }

    /// The texts of all such elements, in the page's order.
    pub async fn texts_of(&self, css: &str) -> Vec<String> {
        let texts = self
            .evaluate(&format!(
                "[...document.querySelectorAll({css:?})].map((element) => element.innerText)"
            ))
            .await;
        serde_json::from_value(texts).expect("texts are strings")
    }

    /// An attribute of the first such element.
    pub async fn attribute_of(&self, css: &str, name: &str) -> Option<String> {
        let element = self.find(css).await;
        element
            .attr(name)
            .await
            .expect("the element is still there")
    }

    /// How many such elements the page has.
    pub async fn count_of(&self, css: &str) -> usize {
        let found = self.client.find_all(Locator::Css(css)).await;
        found.expect("the selector is valid").len()
    }

    /// Clicks the first such element.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        if let Err(error) = element.click().await {
            panic!("{css} cannot be clicked: {error}");
        }
    }

    /// Types into the first such element; `body` takes keys that are meant for the page.
    pub async fn type_into(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        if let Err(error) = element.send_keys(text).await {
            panic!("{css} takes no keys: {error}");
        }
    }

    /// The value of a JavaScript expression; a promise is waited for. The page's policy does not apply to it.
    pub async fn evaluate(&self, expression: &str) -> Value {
        let parameters =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.devtools("Runtime.evaluate", parameters).await;
        if let Some(exception) = answer.get("exceptionDetails") {
            panic!("the expression threw: {exception}");
        }
        answer["result"]["value"].take()
    }

    /// Breaks all addresses below the dashboard's base that start with `path`, as `reports/index.json`.
    pub fn inject_fault(&self, path: &str, fault: Fault) {
        self.faults.inject(&self.below_base(path), fault);
    }

    /// Ends the fault of that path.
    pub fn mend(&self, path: &str) {
        self.faults.mend(&self.below_base(path));
    }

    /// How often addresses that start with `path` were asked for.
    pub fn request_count(&self, path: &str) -> usize {
        self.faults.request_count(&self.below_base(path))
    }

    /// The console's messages since the last look, each as `LEVEL: text`.
    pub async fn take_console(&self) -> Vec<String> {
        take_console(&self.client).await
    }

    /// What the page's policy blocked since the page was loaded.
    pub async fn policy_reports(&self) -> Vec<String> {
        let reports = self.evaluate("window.__policyReports").await;
        serde_json::from_value(reports).expect("a page was opened")
    }

    /// Asserts that the console has no error and no warning, and that the policy blocked nothing.
    pub async fn assert_clean(&self) {
        let mut found = self.take_console().await;
        found.retain(|message| message.starts_with("SEVERE") || message.starts_with("WARNING"));
        found.extend(self.policy_reports().await);
        assert!(
            found.is_empty(),
            "{} is not clean:\n{}",
            self.path().await,
            found.join("\n")
        );
    }

    /// What axe-core finds in what is shown now, in words.
    pub async fn accessibility_violations(&self) -> Vec<String> {
        accessibility::in_words(&self.evaluate(&accessibility::script()).await)
    }

    /// Asserts that axe-core finds nothing in what is shown now.
    pub async fn assert_accessible(&self) {
        let violations = self.accessibility_violations().await;
        assert!(
            violations.is_empty(),
            "{} is not accessible:\n{}",
            self.path().await,
            violations.join("\n")
        );
    }

    /// Asserts that the page as a whole is not wider than the window.
    pub async fn assert_fits_the_width(&self) {
        let overhang = self
            .evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            .await;
        assert_eq!(
            overhang,
            json!(0),
            "{} scrolls sideways by so many pixels",
            self.path().await
        );
    }

    /// Saves a picture of the whole page as NAME.png in the folder that ALMANAC_SCREENSHOTS names; without it, does nothing.
    pub async fn screenshot(&self, name: &str) {
        let Some(folder) = env::var_os("ALMANAC_SCREENSHOTS").map(PathBuf::from) else {
            return;
        };
        let size = self
            .evaluate("[innerWidth, innerHeight, document.documentElement.scrollHeight]")
            .await;
        let height = size[2].as_u64().unwrap_or_default().min(TALLEST_SCREENSHOT);
        self.set_size(&size[0], &json!(height)).await;
        let picture = self
            .client
            .screenshot()
            .await
            .expect("the page can be pictured");
        self.set_size(&size[0], &size[1]).await;
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join(format!("{name}.png")), picture))
            .unwrap_or_else(|error| panic!("{} cannot be written: {error}", folder.display()));
    }

    async fn set_size(&self, width: &Value, height: &Value) {
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    async fn devtools(&self, command: &str, parameters: Value) -> Value {
        devtools(&self.client, command, parameters).await
    }

    async fn find(&self, css: &str) -> fantoccini::elements::Element {
        match self.client.find(Locator::Css(css)).await {
            Ok(element) => element,
            Err(error) => panic!("{css}: {error}\n{}", self.situation().await),
        }
    }

    /// Asks again and again until the expression is true. The page may be loading meanwhile, so a failure only counts as no.
    pub async fn wait_until(&self, expression: &str, wanted: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.evaluate(expression).await != json!(true) {
            if tokio::time::Instant::now() > deadline {
                panic!(
                    "after {PATIENCE:?} it is still not so that {wanted}\n{}",
                    self.situation().await
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Where the browser is and what it shows, for a failed test's message.
    async fn situation(&self) -> String {
        let text = self
            .evaluate("document.body?.innerText.slice(0, 2000) ?? ''")
            .await;
        format!(
            "at {}\nthe page says: {}\nthe console says: {}",
            self.path().await,
            text.as_str().unwrap_or_default(),
            self.take_console().await.join("\n")
        )
    }

    fn below_base(&self, path: &str) -> String {
        format!("{}{}", self.hosting.base(), path.trim_start_matches('/'))
    }
}
