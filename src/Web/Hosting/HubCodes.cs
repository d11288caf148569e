namespace ConsultHub.Web.Hosting;

/// <summary>The codes of requests that the hub itself fails to answer.</summary>
[CodesOf<Refusal>]
public static class HubCodes
{
    public static readonly Code Altered = Code.Fault(
        "hub.altered",
        "What is stored is not what was written, so it is not shown. The operator's command verify names the row."
    );
    public static readonly Code Busy = Code.Unavailable("hub.busy", "The hub did not answer in time. Try again with the same command id.");
    public static readonly Code Fault = Code.Fault("hub.fault", "Something went wrong; nothing was stored that was not acknowledged.");
    public static readonly Code NotStored = Code.Unavailable(
        "hub.not-stored",
        "It could not be stored; nothing was done. Try again with the same command id."
    );
    public static readonly Code Stopping = Code.Unavailable("hub.stopping", "This node is stopping; connect to another.");
}
