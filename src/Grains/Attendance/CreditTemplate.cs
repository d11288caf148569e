using System.Collections.Immutable;
using System.Text.Json;

namespace ConsultHub.Attendance;

/// <summary>
/// The rules of an accrediting body as data, with which a network can begin its own policy. The file credit-templates.json has them.
/// </summary>
/// <param name="Rows">The ids of the collected rules on which it is based.</param>
/// <param name="Rule">What the body demands, in our own words.</param>
/// <param name="Source">Where the rule was read.</param>
/// <param name="Verified">Whether the source is one on which the network can rely. If not, the policy is off.</param>
/// <param name="NotInSource">The members of the policy that the source does not mention. The hub's usual values stand there.</param>
/// <param name="Policy">The policy with which a network begins.</param>
public sealed record CreditTemplate(
    string Id,
    ImmutableArray<string> Rows,
    LocalName Name,
    LocalName Rule,
    string Source,
    bool Verified,
    ImmutableArray<string> NotInSource,
    CreditPolicy Policy
);

public static class CreditTemplates
{
    private static readonly Lazy<ImmutableArray<CreditTemplate>> Read = new(() =>
    {
        using var file = typeof(CreditTemplates).Assembly.GetManifestResourceStream("credit-templates.json")!;
        return JsonSerializer.Deserialize<ImmutableArray<CreditTemplate>>(file, HubJson.Options);
    });

    public static ImmutableArray<CreditTemplate> All => Read.Value;
}
