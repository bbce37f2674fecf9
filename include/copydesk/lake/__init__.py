"""The datasets on disk or object storage: layout, manifests, publishing, reading."""
