using ConsultHub.Audit;
using ConsultHub.Journal;
using ConsultHub.Lectures;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Limits;

/// <summary>
/// Counts refused hub calls by code. If a person has too many refused calls, the person's connection is ended. Only faults of the hub are
/// logged with a stack trace.
/// </summary>
internal sealed partial class RefusedCalls(HubLimits limits, AuditTrail trail, ILogger<RefusedCalls> log) : IHubFilter
{
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext context, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ValueTask<object?> called;
        try
        {
            called = next(context);
        }
        catch (Exception failure)
        {
            Note(context, failure);
            throw;
        }
        return called.IsCompletedSuccessfully ? called : FinishAsync(context, called);
    }

    private async ValueTask<object?> FinishAsync(HubInvocationContext context, ValueTask<object?> called)
    {
        try
        {
            return await called;
        }
        catch (Exception failure)
        {
            Note(context, failure);
            throw;
        }
    }

    private void Note(HubInvocationContext context, Exception failure)
    {
        var person = SignInTicket.From(context.Context.User)?.Person.Value ?? "";
        switch (failure)
        {
            case HubException { Message: var code }:
                RefusalMeter.Count(code);
                if (code.EndsWith(".denied", StringComparison.Ordinal) || code == LectureCodes.NotAllowed.Name)
                    trail.Add(
                        context.Context.GetHttpContext(),
                        AuditKinds.Refused,
                        context.Hub.GetType().Name,
                        SignInTicket.From(context.Context.User)?.Person,
                        context.HubMethodName,
                        context.HubMethodArguments.Count > 0 ? context.HubMethodArguments[0] as string : null,
                        code
                    );
                break;
            case TimeoutException or Orleans.Runtime.OrleansException or JournalReadException or JournalWriteException:
                RefusalMeter.Count(HubCodes.Busy); // a silo or the storage logs this itself
                break;
            case OperationCanceledException when context.Context.ConnectionAborted.IsCancellationRequested:
                return;
            default:
                RefusalMeter.Count(HubCodes.Fault);
                LogFault(context.HubMethodName, failure);
                break;
        }
        if (limits.MayBeRefused(person))
            return;
        LogEnded(person, failure is HubException ? failure.Message : HubCodes.Fault);
        context.Context.Abort();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The call {Method} of a live connection has failed.")]
    private partial void LogFault(string method, Exception failure);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A live connection of {Person} was ended after too many refused calls, the last of them with {Code}."
    )]
    private partial void LogEnded(string person, string code);
}
