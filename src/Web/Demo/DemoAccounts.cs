using System.Security.Cryptography;
using System.Text;
using ConsultHub.Consultants;
using ConsultHub.Silo.Demo;
using ConsultHub.Web.Accounts;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Demo;

/// <summary>
/// The demo's people. All have the same password. On this machine, a person can be picked without the password. If the demo is off, their
/// accounts and sign-ins are void.
/// </summary>
internal sealed class DemoAccounts(IGrainFactory grains, AccessBook book, IOptions<DemoOptions> demo, DemoPassword password) : IDemoAccounts
{
    public bool AreOn => demo.Value.Enabled;

    public bool Matches(string? given) => AreOn && password.Matches(given);

    public async Task<IReadOnlyList<Pickable>> PickableAsync() =>
        await Task.WhenAll(
            book.Accounts.Where(a => a is { Demo: true, Deactivated: false, Grants.IsEmpty: false })
                .OrderBy(a => a.Person.Value, StringComparer.Ordinal)
                .Select(async a =>
                    a.Grants[0].Role == Role.Consultant
                    && await grains.GetGrain<IConsultantGrain>(a.Person.Value).GetAsync() is { } consultant
                        ? new Pickable(a.Person, consultant.Name, Role.Consultant, consultant.Specialties)
                        : new Pickable(a.Person, a.Name, a.Grants[0].Role, [])
                )
        );
}

/// <summary>The password of all demo accounts: the configured one, or a random one that is printed at the start.</summary>
public sealed class DemoPassword(IOptions<DemoOptions> demo)
{
    public bool IsRandom { get; } = string.IsNullOrEmpty(demo.Value.Password);

    public string Value { get; } =
        string.IsNullOrEmpty(demo.Value.Password) ? RandomNumberGenerator.GetHexString(12, lowercase: true) : demo.Value.Password;

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? given) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(Value)),
            SHA256.HashData(Encoding.UTF8.GetBytes(given ?? ""))
        );
}
