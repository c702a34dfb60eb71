"""The routes of the Web API, of uploads and of `response_url`. Modules of methods are known by being imported here."""

from aiohttp import web

from tests.fakes.slack import agents, answers, chatting, conversations, files, streaming, tokens, views
from tests.fakes.slack.methods import METHODS
from tests.fakes.slack.wire import Wire

KNOWN = (agents, answers, chatting, conversations, files, streaming, tokens, views)
"""Where methods are."""


def install(app: web.Application, wire: Wire) -> None:
    """Enter all routes."""

    async def serve(request: web.Request) -> web.StreamResponse:
        return await wire.handle(request, METHODS.get(request.match_info["method"]))

    async def upload(request: web.Request) -> web.StreamResponse:
        return await files.upload(wire, request)

    async def download(request: web.Request) -> web.StreamResponse:
        return files.download(wire, request)

    async def answer(request: web.Request) -> web.StreamResponse:
        return await answers.answer(wire, request)

    app.router.add_route("*", "/api/{method}", serve)
    app.router.add_post("/upload/{file}", upload)
    app.router.add_get("/files/{file}/{name:.*}", download)
    app.router.add_post("/response/{id}", answer)
