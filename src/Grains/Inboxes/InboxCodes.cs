namespace ConsultHub.Inboxes;

/// <summary>The codes of refusals about alerts.</summary>
[CodesOf<Refusal>]
public static class InboxCodes
{
    public static readonly Code UnknownAlert = Code.Unknown("inbox.unknown-alert");

    public static Refusal NoSuch(string alert) => new(UnknownAlert, $"There is no alert {alert}.");
}
