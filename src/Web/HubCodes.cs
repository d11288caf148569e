namespace ConsultHub.Web;

/// <summary>The codes of requests that the hub itself fails to answer.</summary>
[CodesOf<Refusal>]
public static class HubCodes
{
    public static readonly Code Altered = Code.Fault(
        "hub.altered",
        "The stored data was altered, so it is not shown. The operator's command verify names the row."
    );
    public static readonly Code Busy = Code.Unavailable("hub.busy", "The hub did not answer in time. Try again with the same command id.");
    public static readonly Code Fault = Code.Fault("hub.fault", "Something went wrong. Only what was acknowledged is stored for certain.");
    public static readonly Code NotStored = Code.Unavailable(
        "hub.not-stored",
        "The change could not be stored, so nothing was changed. Try again with the same command id."
    );
    public static readonly Code Stopping = Code.Unavailable("hub.stopping", "This node is stopping; connect to another.");
}
