using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Mail;

internal sealed class MailAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } = new Dictionary<string, Row> { ["GET /api/mail"] = new("administrator") };
}
