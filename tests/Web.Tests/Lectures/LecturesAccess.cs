using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Lectures;

internal sealed class LecturesAccess : IAccessTable
{
    private static Row Command(string allowed, string type, string fields) =>
        new(allowed) { Body = $$"""{"type":"{{type}}","commandId":"{id}",{{fields}}}""", Code = "lecture.not-allowed" };

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/lectures/{session1}"] = new(Rooms),
            ["GET /api/lectures/{session1}/me"] = new(Rooms),
            ["POST /api/lectures/{session1}/commands?ask"] = Command(Attends, "askQuestion", "\"text\":\"Why?\""),
            ["POST /api/lectures/{session1}/commands?react"] = Command(Attends, "react", "\"reaction\":\"clap\""),
            ["POST /api/lectures/{session1}/commands?open"] = Command("coordinator host", "openRoom", "\"conference\":\"{conference}\""),
            ["POST /api/lectures/{session1}/commands?turn"] = Command("coordinator host speaker", "turnSlide", "\"page\":1"),
            ["POST /api/lectures/{session1}/commands?announce"] = Command("coordinator host moderator", "announce", "\"text\":\"Hello.\""),
            ["POST /api/lectures/{session1}/commands?caption"] = Command(
                "coordinator host captioner",
                "writeCaption",
                "\"language\":\"en\",\"text\":\"Hello.\""
            ),
            ["GET /api/lectures/{session1}/captions/{en}"] = new(Rooms),
            ["GET /api/lectures/{session1}/timeline"] = new(Rooms),
            ["GET /api/lectures/{session1}/moments?from={from}&to={to}"] = new(Rooms),
            ["POST /api/lectures/{session1}/slides?commandId={id}&name=deck.pdf"] = new("coordinator host speaker")
            {
                Type = "application/pdf",
                Code = "lecture.not-allowed",
            },
            ["GET /api/lectures/{session1}/slides/{deck}"] = new(Rooms),
            ["GET /api/lectures/{session1}/recording"] = new(Rooms),
            ["GET /api/lectures/{session1}/recording/files"] = new(Rooms),
            ["GET /api/lectures/{session1}/recording/joined"] = new(Rooms),
            ["GET /api/lectures/{session1}/recording/joined/captions/{en}"] = new(Rooms),
            ["GET /api/lectures/{session1}/recording/{publication}/{segment}"] = new(Rooms),
            ["GET /api/lectures/{session1}/recording/{publication}/file"] = new(Rooms),
            ["WATCH lecture/{session1}"] = new(Rooms),
            ["WATCH lecture/{session1}/stage"] = new(Crew),
            // A request that opens no WebSocket is answered with 400. HubMethodAccessTests opens one.
            ["GET /hubs/lecture"] = new(SignedIn) { Status = 400 },
            ["POST /hubs/lecture/negotiate?negotiateVersion=1"] = new(SignedIn),
            ["CALL LectureHub.Watch"] = new(Rooms),
            ["CALL LectureHub.Choose"] = new(Rooms),
            ["CALL LectureHub.Played"] = new(Rooms),
            ["CALL LectureHub.Receipt"] = new(Rooms),
            ["CALL LectureHub.Publish"] = new("coordinator host speaker"),
            ["CALL LectureHub.Upload"] = new("coordinator host speaker"),
            ["CALL LectureHub.Switch"] = new("coordinator host speaker"),
            ["CALL LectureHub.Finish"] = new(SignedIn), // ends only what the same connection sends
        };
}
