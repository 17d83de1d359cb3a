"""The registry: what was filed, in one database, and its originals beside it. The only place with SQL.

What is filed are documents (facts, by SHA-256); programmes, editions and steps follow from them
and are made anew whenever a document of their programme is filed, so that the order of filing
changes nothing. Every filing is one transaction.
"""
