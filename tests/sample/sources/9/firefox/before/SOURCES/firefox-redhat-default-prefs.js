pref("app.update.auto",                            false);
pref("app.update.enabled",                         false);
pref("general.smoothScroll",                       true);
pref("intl.locale.requested",                      "");
pref("distribution.searchplugins.defaultLocale",   "en-US");
/* A program of the system opens what the browser cannot show */
pref("network.protocol-handler.app.mailto",        "/usr/bin/xdg-open");
