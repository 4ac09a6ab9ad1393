"""Knowledge sources that ingest: the pipeline that the service makes for each of them."""
