using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Lectures;

internal sealed class LecturesAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            // The lecture decides what each person may do in it, see LectureAccessTests.
            ["GET /api/lectures/s-1"] = SignedIn,
            ["GET /api/lectures/s-1/me"] = SignedIn,
            ["POST /api/lectures/s-1/commands"] = SignedIn,
            ["GET /api/lectures/s-1/captions/en"] = SignedIn,
            ["GET /api/lectures/s-1/timeline"] = SignedIn,
            ["GET /api/lectures/s-1/moments"] = SignedIn,
            ["POST /api/lectures/s-1/slides"] = SignedIn,
            ["GET /api/lectures/s-1/slides/00000000-0000-0000-0000-000000000001"] = SignedIn,
            ["GET /api/lectures/s-1/recording"] = SignedIn, // RecordingTests shows who may see which recording, and when
            ["GET /api/lectures/s-1/recording/files"] = SignedIn,
            ["GET /api/lectures/s-1/recording/joined"] = SignedIn,
            ["GET /api/lectures/s-1/recording/joined/captions/en"] = SignedIn,
            ["GET /api/lectures/s-1/recording/7/0"] = SignedIn,
            ["GET /api/lectures/s-1/recording/7/file"] = SignedIn,
            ["GET /hubs/lecture"] = SignedIn,
            ["POST /hubs/lecture/negotiate"] = SignedIn,
        };
}
