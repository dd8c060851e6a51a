using System.Globalization;

using MPilot.Jobs.Domain.Attempts;
using MPilot.Jobs.Domain.Fallback;
using MPilot.Jobs.Domain.Jobs;
using MPilot.Jobs.Engine.Ledger;
using MPilot.Jobs.Storage.Json;

namespace MPilot.Jobs.Storage.Sql;

/// <summary>The rows of the purchase ledger.</summary>
internal static class PurchaseRows
{
    /// <summary>Writes what is new of the calls of a job that were sent.</summary>
    public static void Write<T>(IStatements<T> session, JobState state)
        where T : IStatement<T>
    {
        foreach (var attempt in state.Attempts)
        {
            if (attempt.SentAt is not null)
            {
                Write(session, state, attempt);
            }
        }
    }

    public static Purchase Read(IRow row) => new()
    {
        Job = row.TextAt(0),
        Attempt = (int)row.NumberAt(1)!,
        Tenant = row.TextAt(2),
        Provider = row.TextAt(3),
        Model = row.TextAt(4),
        Key = row.TextOrNullAt(5),
        Pictures = (int)row.NumberAt(6)!,
        Status = StoredName<AttemptStatus>.Parse(row.TextAt(7)),
        Failure = row.TextOrNullAt(8) is { } failure ? StoredName<FailureKind>.Parse(failure) : null,
        PossibleDouble = row.NumberAt(9) != 0,
        ProviderJobId = row.TextOrNullAt(10),
        Bound = Amount(row.TextOrNullAt(11)),
        Cost = new(Amount(row.TextOrNullAt(12)) ?? 0, row.TextOrNullAt(14), row.NumberAt(13) != 0),
        SentAt = row.MomentAt(15)!.Value,
        EndedAt = row.MomentAt(16),
    };

    private static void Write<T>(IStatements<T> session, JobState state, Attempt attempt)
        where T : IStatement<T>
    {
        var (step, price) = (state.StepOf(attempt), attempt.Price);
        session.Prepare(PurchaseSql.Upsert)
            .Bind(state.Id).Bind(attempt.Number).Bind(state.Tenant).Bind(StoredName<AttemptStatus>.Of(attempt.Status))
            .Bind(step.Provider).Bind(step.Model).Bind(attempt.Node).Bind(attempt.Epoch).Bind(attempt.Key).Bind(attempt.ProviderJobId)
            .Bind(attempt.SentAt).Bind(attempt.EndedAt)
            .Bind(attempt.Slots.Length).Bind(attempt.Failure is { } failure ? StoredName<FailureKind>.Of(failure.Kind) : null)
            .Bind(attempt.PossibleDoublePurchase ? 1 : 0).Bind(Text(attempt.Bound?.Amount))
            .Bind(Text(price.Amount)).Bind(price.Known ? 1 : 0).Bind(price.Currency ?? attempt.Bound?.Currency)
            .Send();
    }

    private static string? Text(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    private static decimal? Amount(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
