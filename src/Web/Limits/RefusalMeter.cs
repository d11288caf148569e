using System.Diagnostics.Metrics;

namespace ConsultHub.Web.Limits;

/// <summary>Counts refusals. The only tag is the code, which keeps the number of series small.</summary>
internal static class RefusalMeter
{
    private static readonly Counter<long> Refused = HubMeter.Meter.CreateCounter<long>(
        "hub.refused",
        "{call}",
        "Calls on live connections that were refused, requests above a limit, and wrong passwords, by code."
    );

    public static void Count(string code) => Refused.Add(1, KeyValuePair.Create("hub.code", (object?)code));
}
