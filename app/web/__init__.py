"""Web: HTML over HTTP. Routing, pages, fragments, forms, origin, headers. Knows the kernel only."""
