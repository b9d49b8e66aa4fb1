"""A server of E-utilities on the loopback with made-up records, whose faults are called up, and a clock."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

HEAD = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<DateRevised><Year>{revised[0]}</Year><Month>{revised[1]:02}</Month><Day>{revised[2]:02}</Day></DateRevised>
<Article PubModel="Print"><Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>2021</Year></PubDate>
</JournalIssue><Title>Journal of Made Up Medicine</Title><ISOAbbreviation>J Made Up Med</ISOAbbreviation></Journal>
<ArticleTitle>Made-up study {pmid}.</ArticleTitle>
<Abstract><AbstractText>Dromedaril halved cramps in study {pmid}.</AbstractText></Abstract>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList>
</Article>{links}</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle>"""
RETRACTED = """<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Made Up Med.
2022;1:1</RefSource><PMID Version="1">99</PMID></CommentsCorrections></CommentsCorrectionsList>"""


class Clock:
    """A clock that only pausing moves on."""

    def __init__(self):
        self.now, self.pauses = 1000.0, []

    def __call__(self):
        return self.now

    def pause(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


class Server:
    """Records by PMID, each with the day on which it came in; faults come one a request, first come first."""

    def __init__(self, address):
        self.address = address
        self.articles, self.days = {}, {}
        self.faults, self.asked = [], []
        self.listed_twice, self.keeps, self.most = False, True, 9_999

    def add(self, pmid, day="2024/01/01", revised=(2024, 1, 1), links=""):
        self.articles[str(pmid)] = ARTICLE.format(pmid=pmid, revised=revised, links=links)
        self.days[str(pmid)] = day

    def reply(self, name, fields):
        return self.searched(fields) if name == "esearch" else self.fetched(fields)

    def searched(self, fields):
        found = self.matching(fields)
        listed = found[: min(int(fields["retmax"]), self.most)]
        ids = "".join(f"<Id>{pmid}</Id>" for pmid in [*listed, *(listed if self.listed_twice else [])])
        warning = "<ErrorList><PhraseNotFound>nonsense</PhraseNotFound></ErrorList>"
        return (
            f"<eSearchResult><Count>{len(found)}</Count><RetMax>{len(listed)}</RetMax><RetStart>0</RetStart>"
            f"<QueryKey>1</QueryKey><WebEnv>{fields.get('mindate', '')}|{fields.get('maxdate', '')}</WebEnv>"
            f"<IdList>{ids}</IdList>{warning if 'nonsense' in fields['term'] else ''}</eSearchResult>"
        )

    def matching(self, fields):
        first, last = fields.get("mindate") or "0", fields.get("maxdate") or "9"
        found = [pmid for pmid, day in self.days.items() if first <= day <= last]
        return sorted(found, key=int, reverse=True) if "nothing" not in fields.get("term", "") else []

    def fetched(self, fields):
        if "WebEnv" in fields:
            if not self.keeps:
                return "<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"
            first, _, last = fields["WebEnv"].partition("|")
            start = int(fields["retstart"])
            found = self.matching({"mindate": first, "maxdate": last})
            pmids = found[start : start + int(fields["retmax"])]
        else:
            pmids = fields["id"].split(",")
        articles = "\n".join(self.articles[pmid] for pmid in pmids if pmid in self.articles)
        return f"{HEAD}<PubmedArticleSet>\n{articles}\n</PubmedArticleSet>"


@contextmanager
def running_server():
    """A server that answers on the loopback while the block lasts."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    listening.made_up = Server(f"http://127.0.0.1:{listening.server_address[1]}")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield listening.made_up
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server.made_up
        length = int(self.headers["Content-Length"])
        fields = {key: values[0] for key, values in parse_qs(self.rfile.read(length).decode()).items()}
        name = self.path.strip("/").removesuffix(".fcgi")
        server.asked.append((name, fields))
        status, headers, body, promised = 200, {}, None, 0
        match server.faults.pop(0) if server.faults else None:
            case int(status):
                body = "busy"
            case (int(status), str(after)):
                headers, body = {"Retry-After": after}, "busy"
            case "html":
                body = "<html><body>Down for maintenance<br></body></html>"
            case "error":
                body = f"<{'eSearchResult' if name == 'esearch' else 'PubmedArticleSet'}><ERROR>Search Backend failed</ERROR></{'eSearchResult' if name == 'esearch' else 'PubmedArticleSet'}>"
            case "cut":
                promised = 100
            case "cut in silence":
                body = server.reply(name, fields)[:-30]
            case "empty":
                body = ""
        content = (server.reply(name, fields) if body is None else body).encode()
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(content) + promised))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        """Say nothing."""
