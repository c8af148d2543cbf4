"""Reports: what staff read about the site. Looks at every feature; nothing depends on it."""
