"""Raw files to records: bytes as stored → compression → archives → the reader of the format.

`reading.py` goes that way and lists the readers. `text`, `html` and `parquet` are modules; `json`, `csv`, `warc` and `agencies` (on `xml`)
are packages. Readers of rows map them in `mapping`, all decode in `encodings`, and all make origins and rejects with a `context`.
Which files there are is found in `inputs`, whether they are complete in `arrival` and `late`, and where they can be parted in `cutting`.
"""
