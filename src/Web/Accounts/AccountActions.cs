namespace ConsultHub.Web.Accounts;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class AccountActions
{
    /// <summary>
    /// Do what belongs to the person: read the own inbox, itinerary and engagements. Everybody may. A token may if it names this action.
    /// </summary>
    public static readonly AccessAction Own = new("account.own");

    /// <summary>Read accounts, roles and their history.</summary>
    public static readonly AccessAction Read = new("people.read");

    /// <summary>Open accounts, change them, switch them off, and hand over links.</summary>
    public static readonly AccessAction Change = new("people.change");

    /// <summary>Give and take away every role.</summary>
    public static readonly AccessAction GiveEvery = new("roles.give-every");

    /// <summary>Give and take away the roles of a network, except coordinator and auditor.</summary>
    public static readonly AccessAction GiveLocal = new("roles.give-local");
}
