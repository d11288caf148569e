using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using Orleans.Concurrency;

namespace ConsultHub.Attendance;

[Reentrant, GrainType("credit-policies")]
internal sealed class CreditPoliciesGrain(AuthorityServices services)
    : ProfileGrain<CreditPolicies>("credit-policies", services),
        ICreditPoliciesGrain
{
    private const int MostHistory = 50;

    public Task<CreditPolicies> GetAsync() => Task.FromResult((Stored.Profile ?? new([])) with { Version = Stored.Version });

    public async Task<PolicyFault?> PutAsync(Actor actor, CreditPolicies policies)
    {
        if (CreditPolicyRules.Check(policies.Policies) is { } fault)
            return fault;
        if (policies.Version != Head.Version)
            return new(CreditCodes.Stale, "The policies have changed meanwhile.");
        await StoreAsync(actor, policies with { Version = 0 });
        return null;
    }

    public async Task<ImmutableArray<CreditPoliciesChange>> HistoryAsync()
    {
        var changes = ImmutableArray.CreateBuilder<CreditPoliciesChange>();
        await foreach (var (entry, _) in HistoryAsync(null, null))
        {
            foreach (var changed in entry.Events.OfType<ProfileChanged<CreditPolicies>>())
                changes.Add(new(changed.Profile with { Version = entry.Version }, entry.At, entry.By.Person));
            if (changes.Count >= MostHistory)
                break;
        }
        return changes.DrainToImmutable();
    }
}
