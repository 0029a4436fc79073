// Sets the remembered theme before the first paint, so that it does not flash. The app writes the choice and takes over.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // A browser may deny storage to a page; the system's theme stands then.
}
