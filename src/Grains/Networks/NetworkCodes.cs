namespace ConsultHub.Networks;

/// <summary>The codes of refusals about networks.</summary>
[CodesOf<Refusal>]
public static class NetworkCodes
{
    public static readonly Code Unknown = Code.Unknown("network.unknown");
}
