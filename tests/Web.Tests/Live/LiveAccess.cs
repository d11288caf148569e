using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Live;

internal sealed class LiveAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            // The other topics are in the tables of their features.
            ["GET /api/topics/{topic}"] = new(Programme) { Code = "topic.denied" },
            // A request that opens no WebSocket is answered with 400. HubMethodAccessTests opens one.
            ["GET /hubs/live"] = new(SignedIn) { Status = 400 },
            ["POST /hubs/live/negotiate?negotiateVersion=1"] = new(SignedIn),
            ["CALL LiveHub.Watch"] = new(Boards),
            ["CALL LiveHub.Unwatch"] = new(SignedIn), // ends only what the same connection watches
        };
}
